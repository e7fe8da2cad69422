// One piece of evidence: its document, what is known of it, and the passage with what is cited of it marked.

import { element } from "./dom.js";
import { pieces } from "./spans.js";
import { dateInWords, enumInWords } from "./words.js";

const linked = {
  pmid: (value) => `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(value)}/`,
  pmcid: (value) => `https://pmc.ncbi.nlm.nih.gov/articles/${encodeURIComponent(value)}/`,
  doi: (value) => `https://doi.org/${encodeURIComponent(value)}`,
  url: (value) => (/^https?:\/\//.test(value) ? value : null),
};

function links(ids = []) {
  return ids
    .filter((id) => linked[id.scheme] && linked[id.scheme](id.value))
    .map((id) =>
      element("a", { href: linked[id.scheme](id.value), target: "_blank", rel: "noopener noreferrer" },
        id.scheme === "url" ? "Source" : `${id.scheme.toUpperCase()} ${id.value}`));
}

// "Example Society, 1 May 2024, UK, guideline, GRADE"
function facts(document) {
  return [document.publisher, dateInWords(document.publicationDate), document.jurisdiction,
    enumInWords(document.kind, "DOCUMENT_KIND_").toLowerCase(), document.evidenceSystem].filter(Boolean).join(", ");
}

function status(document) {
  const parts = [];
  if (document.status !== "DOCUMENT_STATUS_CURRENT") parts.push(enumInWords(document.status, "DOCUMENT_STATUS_"));
  if (document.trust === "SOURCE_TRUST_UNREVIEWED") parts.push("Unreviewed source");
  return parts.length ? element("p", { class: "status" }, parts.join(". "), document.statusReason ? `: ${document.statusReason}` : "") : null;
}

export function sourceView(number, evidence, spans) {
  const { passage = {}, document = {} } = evidence;
  const separated = links(document.externalIds).flatMap((link, i) => (i ? [", ", link] : [link]));
  return element("article", { class: "source", id: `source-${number}`, tabindex: "-1", "aria-label": `Source ${number}` },
    element("h3", {}, `${number}. ${document.title || document.name || ""}`),
    element("p", { class: "facts" }, facts(document)),
    status(document),
    evidence.addressesModel ? element("p", { class: "status" }, "Set apart: it holds text that is addressed to a language model.") : null,
    passage.headingPath && passage.headingPath.length ? element("p", { class: "facts" }, passage.headingPath.join(" › ")) : null,
    element("blockquote", {}, pieces(passage, spans).map(([text, cited]) => (cited ? element("mark", {}, text) : text))),
    separated.length ? element("p", { class: "facts" }, separated) : null);
}
