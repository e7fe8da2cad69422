// An answer: its sentences with their citations beside its sources, conflicts side by side, or why there is none.

import { element, note } from "./dom.js";
import { pieces } from "./spans.js";
import { sourceView } from "./source_view.js";
import { dateInWords, enumInWords } from "./words.js";

// Of all sentences, by the number of the evidence.
function spansByEvidence(sentences) {
  const spans = new Map();
  for (const citation of sentences.flatMap((sentence) => sentence.citations || [])) {
    const known = spans.get(citation.evidenceNumber) || [];
    spans.set(citation.evidenceNumber, [...known, citation.span]);
  }
  return spans;
}

// What the patient's record sets beside the evidence.
function cautions(basis) {
  return (basis.patientCautions || []).map((caution) => note([enumInWords(caution.kind, "PATIENT_CAUTION_KIND_"), caution.patient,
    caution.evidence && `evidence: ${caution.evidence}`, caution.evidenceNumber && `source ${caution.evidenceNumber}`].filter(Boolean).join("; ")));
}

// "creatinine 2, drug" of items of a record.
const itemsInWords = (items) => (items || []).map((item) =>
  `${item.name || enumInWords(item.kind, "PATIENT_CONTEXT_KIND_").toLowerCase()}${item.count > 1 ? ` ${item.count}` : ""}${item.formula ? ` by ${item.formula}` : ""}`).join(", ");

export class AnswerView {
  constructor() {
    this.notes = element("div", { "aria-live": "polite" });
    this.text = element("div", { class: "answer", "aria-live": "polite", "aria-busy": "true" });
    this.after = element("div", {});
    this.sources = element("section", { "aria-label": "Sources" });
    this.node = element("div", { class: "columns" },
      element("section", { "aria-label": "Answer" }, this.notes, this.text, this.after), this.sources);
    this.sentences = [];
    this.evidence = [];
  }

  showEvidence(basis) {
    this.evidence = basis.evidence || [];
    this.#drawSources();
  }

  addSentence(sentence) {
    this.sentences.push(sentence);
    this.text.append(this.#paragraph(sentence));
  }

  // The whole answer, which is what counts.
  complete(answer) {
    const basis = answer.basis || {};
    this.evidence = basis.evidence || [];
    this.notes.replaceChildren(...(basis.warnings || []).map((warning) => note(warning.message)), ...cautions(basis),
      ...(basis.degraded || []).map((step) => note(`Not as configured: ${step}`)));
    this.#drawText(answer);
    this.text.setAttribute("aria-busy", "false");
    this.#drawSources();
    this.after.replaceChildren(this.#basis(basis));
  }

  // What has been shown as it is stays, and whoever reads there stays where they are.
  #drawText(answer) {
    const shown = JSON.stringify(this.sentences);
    this.sentences = (answer.text && answer.text.sentences) || [];
    if (answer.text && JSON.stringify(this.sentences) === shown && !(answer.basis.conflicts || []).length) return;
    this.text.replaceChildren(...this.#conflicts(answer.basis || {}),
      ...this.sentences.filter((sentence) => !sentence.conflict).map((sentence) => this.#paragraph(sentence)));
    if (answer.abstention) this.text.replaceChildren(this.#abstention(answer.abstention));
  }

  #paragraph(sentence) {
    return element("p", {}, sentence.text, (sentence.citations || []).map((citation) => this.#cite(citation)),
      (sentence.issues || []).length ? element("span", { class: "status" }, " (not supported)") : null);
  }

  #cite(citation) {
    const show = () => this.#choose(citation);
    const go = () => this.#choose(citation).scrollIntoView({ block: "nearest" });
    return element("button", { type: "button", class: "cite", "aria-label": `Source ${citation.evidenceNumber}`, "aria-pressed": "false",
      "data-evidence": citation.evidenceNumber, onclick: go, onmouseenter: show, onfocus: show }, `[${citation.evidenceNumber}]`);
  }

  // Marks what one citation rests on.
  #choose(citation) {
    const old = this.sources.querySelector(`#source-${citation.evidenceNumber}`);
    for (const source of this.sources.querySelectorAll(".chosen")) source.classList.remove("chosen");
    for (const button of this.text.querySelectorAll(".cite")) {
      button.setAttribute("aria-pressed", String(button.dataset.evidence === String(citation.evidenceNumber)));
    }
    const chosen = sourceView(citation.evidenceNumber, this.evidence[citation.evidenceNumber - 1], [citation.span]);
    chosen.classList.add("chosen");
    old.replaceWith(chosen);
    return chosen;
  }

  #drawSources() {
    const spans = spansByEvidence(this.sentences);
    this.sources.replaceChildren(this.evidence.length ? element("h2", {}, "Sources") : "",
      ...this.evidence.map((evidence, i) => sourceView(i + 1, evidence, spans.get(i + 1) || [])));
  }

  #abstention(abstention) {
    return element("div", {}, element("h2", {}, "No answer"),
      element("p", {}, abstention.message || "The evidence does not answer this."),
      element("p", { class: "facts" }, enumInWords(abstention.reason, "ABSTENTION_REASON_")));
  }

  #conflicts(basis) {
    return (basis.conflicts || []).map((conflict) =>
      element("section", { "aria-label": "Guidelines that disagree" }, element("h2", {}, "Guidelines disagree"),
        element("div", { class: "sides" }, conflict.sides.map((side) => this.#side(side)))));
  }

  #side(side) {
    const evidence = this.evidence[side.evidenceNumber - 1] || {};
    const said = pieces(evidence.passage || {}, [side.span]).filter(([, cited]) => cited).map(([text]) => text).join(" ");
    return element("div", { class: "side" },
      element("p", { class: "facts" }, [side.publisher, dateInWords(side.publicationDate), side.jurisdiction].filter(Boolean).join(", ")),
      element("p", {}, said, this.#cite({ evidenceNumber: side.evidenceNumber, span: side.span })));
  }

  #basis(basis) {
    const inputs = (list) => (list || []).map((input) => input.fact || enumInWords(input.kind, "INPUT_KIND_").toLowerCase()).join(", ") || "nothing";
    const models = (basis.models || []).map((model) => `${enumInWords(model.role, "MODEL_ROLE_").toLowerCase()} ${model.id}`).join(", ");
    const record = basis.patientContext || {};
    const rows = [["Written by", basis.generator], ["Made from", inputs(basis.inputsUsed)], ["Made without", inputs(basis.inputsMissing)],
      ["Of the record, used", itemsInWords(record.used)], ["too old", itemsInWords(record.stale)], ["missing", itemsInWords(record.missing)],
      ["not used", itemsInWords(record.ignored)], ["searched with", (record.searchedWith || []).join(", ")],
      ["Models", models], ["Generation", basis.view && basis.view.generation], ["Newest source", dateInWords(basis.age && basis.age.newestSource)]];
    return element("details", {}, element("summary", {}, "What this rests on"),
      element("div", { class: "scroll" }, element("table", {}, element("tbody", {},
        rows.filter(([, value]) => value).map(([name, value]) => element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)))))));
  }
}
