// The page on quality: what the site's evaluations wrote, one report at a time.

import { call, inPath } from "./api.js";
import { element, note } from "./dom.js";
import { reportIn } from "./report_view.js";
import { timeInWords } from "./words.js";

const idOf = (report) => report.name.split("/").pop();

export class QualityPage {
  constructor(chosen) {
    this.chosen = chosen;
    this.view = element("div", {});
    this.node = element("div", {}, element("h1", {}, "Quality"), this.view);
  }

  async open() {
    try {
      const { reports } = await call("GET", "qualityReports");
      const shown = reports.find((report) => idOf(report) === this.chosen) ?? reports.find((report) => report.writeTime) ?? reports[0];
      this.view.replaceChildren(this.#choice(reports, shown), await this.#report(shown));
    } catch (failure) {
      this.view.replaceChildren(note(failure.message, "error"));
    }
  }

  close() {}

  #choice(reports, shown) {
    if (reports.length < 2) return "";
    return element("nav", { class: "choice", "aria-label": "Reports" }, reports.map((report) =>
      element("a", { href: `#/quality/${idOf(report)}`, "aria-current": report === shown ? "page" : null }, idOf(report))));
  }

  async #report(shown) {
    if (!shown.writeTime) return note(`The report "${idOf(shown)}" was not written yet.`);
    let report;
    try {
      report = await call("GET", inPath(shown.name));
    } catch (failure) {
      return note(failure.message, "error");
    }
    return element("article", { class: "report" }, element("p", { class: "facts" }, `Written ${timeInWords(report.writeTime)}`), reportIn(report.html));
  }
}
