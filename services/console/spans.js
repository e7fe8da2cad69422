// Spans are byte offsets into the UTF-8 text of a document; a passage has the bytes of its own span.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// [text, cited] pieces of the passage, in order: what the spans cover is cited.
export function pieces(passage, spans) {
  const bytes = encoder.encode(passage.text || "");
  const offset = (passage.span && passage.span.begin) || 0;
  const within = spans
    .map((span) => [Math.max((span.begin || 0) - offset, 0), Math.min(span.end - offset, bytes.length)])
    .filter(([begin, end]) => begin < end)
    .sort((a, b) => a[0] - b[0]);
  const cut = [];
  let at = 0;
  for (const [begin, end] of within) {
    if (begin > at) cut.push([decoder.decode(bytes.slice(at, begin)), false]);
    if (end > at) cut.push([decoder.decode(bytes.slice(Math.max(begin, at), end)), true]);
    at = Math.max(at, end);
  }
  if (at < bytes.length) cut.push([decoder.decode(bytes.slice(at)), false]);
  return cut;
}
