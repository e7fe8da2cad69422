// Asks Bedside over HTTP and shows the answer as it is written; needs no package, in Node.js 20 or a browser.
//   usage: ask.ts URL QUESTION      the token, where the site has one, in BEDSIDE_TOKEN

interface Citation {
  evidenceNumber: number;
  span: { begin?: number; end: number };
}
interface Sentence {
  text: string;
  citations: Citation[];
}
interface Evidence {
  document: { name: string; title?: string; publisher?: string };
}
interface Answer {
  text?: { sentences: Sentence[] };
  abstention?: { message: string };
  basis: { evidence?: Evidence[]; warnings?: { message: string }[] };
}
// One part of the stream; the last is the whole, which is what counts.
interface Part {
  evidence?: { evidence?: Evidence[] };
  sentence?: Sentence;
  complete?: { answer: Answer };
}

async function* stream(url: string, request: object, token?: string): AsyncGenerator<Part> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(request) });
  if (!response.ok) throw new Error((await response.json()).error.message);
  const decoder = new TextDecoder();
  let waiting = "";
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    waiting += decoder.decode(bytes, { stream: true });
    const events = waiting.split("\n\n");
    waiting = events.pop() as string;
    for (const event of events) {
      const data = JSON.parse(event.slice(event.indexOf("data: ") + 6));
      if (event.startsWith("event: error")) throw new Error(data.error.message);
      yield data as Part;
    }
  }
}

function show(answer: Answer): void {
  for (const { message } of answer.basis.warnings ?? []) console.log(`! ${message}`);
  if (answer.abstention) console.log(`No answer: ${answer.abstention.message}`);
  for (const { text, citations } of answer.text?.sentences ?? []) {
    console.log(`${text} [${citations.map((citation) => citation.evidenceNumber).join(", ")}]`);
  }
  (answer.basis.evidence ?? []).forEach(({ document }, i) => {
    console.log(`[${i + 1}] ${document.title ?? document.name}, ${document.publisher ?? ""}`);
  });
}

async function main(url: string, question: string): Promise<void> {
  const parts = stream(`${url}/v1/corpora/default:streamAnswer`, { question }, process.env.BEDSIDE_TOKEN);
  for await (const part of parts) {
    if (part.complete) show(part.complete.answer);
  }
}

main(process.argv[2], process.argv[3]).catch((failure: Error) => {
  console.error(failure.message);
  process.exitCode = 1;
});
