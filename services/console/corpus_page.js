// The page on the corpus: what serves, its generations, the last job, and its documents.

import { call, corpus, inPath } from "./api.js";
import { element, note, table } from "./dom.js";
import { bytesInWords, dateInWords, enumInWords, numberInWords, timeInWords } from "./words.js";

const jobInterval = 1000;

const lastPart = (name) => (name || "").split("/").pop();

export class CorpusPage {
  constructor() {
    this.index = element("section", { "aria-label": "What serves" });
    this.job = element("section", { "aria-label": "Jobs" });
    this.generations = element("section", { "aria-label": "Generations" });
    this.documents = element("section", { "aria-label": "Documents" });
    this.node = element("div", {}, element("h1", {}, "Corpus"), this.index, this.job, this.generations, this.documents);
  }

  async open() {
    await Promise.all([this.#drawAll(), this.#followJobs()]);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
  }

  async #drawAll() {
    await Promise.all([
      this.#draw(this.index, () => this.#index()),
      this.#draw(this.generations, () => this.#generations()),
      this.#draw(this.documents, () => this.#documents("")),
    ]);
  }

  // A part that this caller may not see says so, and leaves the others.
  async #draw(place, make) {
    try {
      place.replaceChildren(...(await make()));
    } catch (failure) {
      place.replaceChildren(note(failure.message, "error"));
    }
  }

  async #index() {
    const index = await call("GET", `${corpus()}/index`);
    return [
      index.fallbackReason ? note(`An earlier generation serves: ${index.fallbackReason}`, "error") : "",
      element("p", {}, `${numberInWords(index.documentsInForce)} documents in force. Generation ${lastPart(index.activeGeneration)} serves, with ${numberInWords(index.changeSequence)} changes.`),
    ];
  }

  async #generations() {
    const { generations = [] } = await call("GET", `${corpus()}/generations`);
    const activate = (generation) => generation.state === "GENERATION_STATE_ACTIVE" ? "serves"
      : element("button", { type: "button", class: "quiet", onclick: () => this.#activate(generation.name) }, `Roll back to ${lastPart(generation.name)}`);
    return [element("h2", {}, "Generations"), table("Generations", ["Generation", "Made", "Documents", "Passages", "Size", ""],
      generations.map((generation) => [lastPart(generation.name), timeInWords(generation.createTime), numberInWords(generation.documents),
        numberInWords(generation.passages), bytesInWords(generation.sizeBytes), activate(generation)]))];
  }

  async #activate(name) {
    if (!confirm(`Serve generation ${lastPart(name)} instead of the one that serves now? Deletions and retractions stay.`)) return;
    try {
      await call("POST", `${inPath(name)}:activate`, {});
    } catch (failure) {
      this.generations.prepend(note(failure.message, "error"));
      return;
    }
    await this.#drawAll();
  }

  async #documents(pageToken) {
    const page = await call("GET", `${corpus()}/documents?pageSize=50${pageToken && `&pageToken=${encodeURIComponent(pageToken)}`}`);
    const next = page.nextPageToken ? element("button", { type: "button", class: "quiet",
      onclick: () => this.#draw(this.documents, () => this.#documents(page.nextPageToken)) }, "Next 50") : "";
    return [element("h2", {}, `Documents (${numberInWords(page.totalSize)})`), table("Documents", ["Title", "Kind", "Publisher", "Published", "Status"],
      (page.documents || []).map((document) => [document.title || lastPart(document.name), enumInWords(document.kind, "DOCUMENT_KIND_"), document.publisher || "",
        dateInWords(document.publicationDate), enumInWords(document.status, "DOCUMENT_STATUS_")])), element("p", { class: "actions" }, next)];
  }

  async #followJobs() {
    let running = false;
    await this.#draw(this.job, async () => {
      const { operations = [] } = await call("GET", "operations");
      const last = operations[operations.length - 1];
      running = last !== undefined && !last.done;
      return last === undefined ? [] : [element("h2", {}, "Last job"), ...this.#jobParts(last)];
    });
    if (this.closed) return;
    if (running) {
      this.timer = setTimeout(() => this.#followJobs(), jobInterval);
    } else if (this.wasRunning) {
      await this.#draw(this.generations, () => this.#generations());
      await this.#draw(this.index, () => this.#index());
    }
    this.wasRunning = running;
  }

  #jobParts(operation) {
    const { stage, documentsRead, passagesDone, passagesTotal, startTime } = operation.metadata || {};
    const state = operation.error ? `Failed: ${operation.error.message}` : operation.done ? "Done" : enumInWords(stage, "JOB_STAGE_");
    return [element("p", { role: "status" }, `${lastPart(operation.name)}: ${state}. ${numberInWords(documentsRead)} documents read, ${numberInWords(passagesDone)} passages, begun ${timeInWords(startTime)}.`),
      operation.done ? "" : element("progress", { "aria-label": "Passages", max: passagesTotal || 1, value: passagesTotal ? passagesDone || 0 : undefined })];
  }
}
