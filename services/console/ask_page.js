// The page that asks: a question, filters, and the answer as it is written.

import { AnswerView } from "./answer_view.js";
import { ApiError, corpus, stream } from "./api.js";
import { element, note } from "./dom.js";
import { feedbackView } from "./feedback.js";
import { forget, questions, remember } from "./history.js";
import { RecordInput } from "./record_input.js";
import { enumInWords } from "./words.js";

const kinds = ["GUIDELINE", "SYSTEMATIC_REVIEW", "RANDOMIZED_TRIAL", "ARTICLE", "ABSTRACT", "PATIENT_INFORMATION"];

function numberOf(input) {
  return input.value === "" ? undefined : Number(input.value);
}

export class AskPage {
  constructor() {
    this.question = element("textarea", { id: "question", rows: "3", maxlength: "8000", required: true, "aria-describedby": "advice" });
    this.kinds = kinds.map((kind) => element("input", { type: "checkbox", id: `kind-${kind}`, value: `DOCUMENT_KIND_${kind}` }));
    this.after = element("input", { id: "after", type: "number", min: "1800", max: "2100", inputmode: "numeric" });
    this.superseded = element("input", { id: "superseded", type: "checkbox" });
    this.age = element("input", { id: "age", type: "number", min: "0", max: "130", inputmode: "numeric" });
    this.sex = element("select", { id: "sex" }, element("option", { value: "" }, "not given"), element("option", { value: "SEX_FEMALE" }, "female"), element("option", { value: "SEX_MALE" }, "male"));
    this.egfr = element("input", { id: "egfr", type: "number", min: "1", max: "250", step: "any", inputmode: "decimal" });
    this.record = new RecordInput();
    this.submit = element("button", {}, "Ask");
    this.stop = element("button", { type: "button", class: "quiet", disabled: true, onclick: () => this.running.abort() }, "Stop");
    this.answer = element("div", {});
    this.history = element("div", {});
    this.node = element("div", {}, element("h1", {}, "Ask the evidence"), this.#form(), this.answer, this.history);
    this.#drawHistory();
  }

  open() {}

  close() {
    if (this.running) this.running.abort();
  }

  #form() {
    return element("form", { autocomplete: "off", onsubmit: (event) => { event.preventDefault(); this.#ask(); } },
      element("label", { for: "question" }, "Question"), this.question,
      element("p", { class: "facts", id: "advice" }, "In English. Leave out what identifies the patient."),
      element("details", {}, element("summary", {}, "Filters and patient"),
        element("fieldset", {}, element("legend", {}, "Kinds of evidence"),
          this.kinds.map((input, i) => element("label", { for: input.id }, input, " ", enumInWords(kinds[i], "")))),
        element("fieldset", {}, element("legend", {}, "Published"),
          element("label", { for: "after" }, "from the year ", this.after),
          element("label", { for: "superseded" }, this.superseded, " superseded documents as well")),
        element("fieldset", {}, element("legend", {}, "Patient, for this question only"),
          element("label", { for: "age" }, "age in years ", this.age), element("label", { for: "sex" }, "sex ", this.sex),
          element("label", { for: "egfr" }, "eGFR in mL/min/1.73 m² ", this.egfr)),
        this.record.node),
      element("p", { class: "actions" }, this.submit, this.stop));
  }

  #request() {
    const chosen = this.kinds.filter((input) => input.checked).map((input) => input.value);
    const after = numberOf(this.after);
    const patient = { ageYears: numberOf(this.age), sex: this.sex.value || undefined, egfr: numberOf(this.egfr) };
    return {
      question: this.question.value,
      filter: { kinds: chosen, publishedAfter: after && { year: after }, includeSuperseded: this.superseded.checked || undefined },
      fhir: this.record.fhir,
      patient: Object.values(patient).some((value) => value !== undefined) ? patient : undefined,
    };
  }

  async #ask() {
    if (this.running) this.running.abort();
    const running = new AbortController();
    this.running = running;
    this.stop.disabled = false;
    const view = new AnswerView();
    this.answer.replaceChildren(view.node);
    let complete = false;
    remember(this.question.value);
    this.#drawHistory();
    try {
      await stream(`${corpus()}:streamAnswer`, this.#request(), (part) => {
        complete = part.complete !== undefined;
        this.#show(view, part);
      }, running.signal);
      if (!complete) throw new ApiError(0, { message: "The answer broke off. Ask again." });
    } catch (failure) {
      // Sentences that came are no answer without what was to follow.
      const message = failure.name === "AbortError" ? "Stopped: there is no answer." : failure.message;
      if (this.running === running && !complete) this.answer.replaceChildren(note(message, "error"));
    }
    if (this.running === running) this.stop.disabled = true;
  }

  #show(view, part) {
    if (part.evidence) view.showEvidence(part.evidence);
    if (part.sentence) view.addSentence(part.sentence);
    if (!part.complete) return;
    view.complete(part.complete.answer);
    if (part.complete.answer.name) view.after.prepend(feedbackView(part.complete.answer.name));
  }

  #drawHistory() {
    const asked = questions();
    const again = (question) => { this.question.value = question; this.#ask(); };
    this.history.replaceChildren(...(asked.length ? [element("details", {}, element("summary", {}, "Asked on this page"),
      element("ul", {}, asked.map((question) => element("li", {}, element("button", { type: "button", class: "quiet", onclick: () => again(question) }, question)))),
      element("button", { type: "button", class: "quiet", onclick: () => { forget(); this.#drawHistory(); } }, "Forget them"))] : []));
  }
}
