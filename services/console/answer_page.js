// The page of one recorded answer, to which cards of CDS Hooks lead.

import { AnswerView } from "./answer_view.js";
import { call, inPath } from "./api.js";
import { element, note } from "./dom.js";
import { feedbackView } from "./feedback.js";

export class AnswerPage {
  // `name`: corpora/{corpus}/answers/{answer}
  constructor(name) {
    this.name = name;
    this.view = element("div", {});
    this.node = element("div", {}, element("h1", {}, "Answer"), this.view);
  }

  async open() {
    if (!/^corpora\/[^/]+\/answers\/[^/]+$/.test(this.name ?? "")) {
      this.view.replaceChildren(note("The address names no answer.", "error"));
      return;
    }
    const answer = new AnswerView();
    this.view.replaceChildren(answer.node);
    try {
      answer.complete(await call("GET", inPath(this.name)));
      answer.after.prepend(feedbackView(this.name));
    } catch (failure) {
      this.view.replaceChildren(note(failure.message, "error"));
    }
  }

  close() {}
}
