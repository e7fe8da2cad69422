// The page on the cards of CDS Hooks: how often each rule spoke, and what came of it.

import { call } from "./api.js";
import { element, note, table } from "./dom.js";
import { numberInWords } from "./words.js";

const kinds = ["accepted", "overridden", "unseen", "pending"];
const words = { accepted: "accepted", overridden: "overridden", unseen: "unseen", pending: "not decided yet" };
const drawing = "http://www.w3.org/2000/svg";

const dayOf = ({ year, month, day }) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
const share = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");

function shape(tag, attributes, ...children) {
  const made = document.createElementNS(drawing, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Rows of the same key as one.
function sumBy(rows, keyOf) {
  const sums = new Map();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { shown: 0, accepted: 0, overridden: 0, unseen: 0, pending: 0, reasons: new Map() };
    for (const kind of ["shown", ...kinds]) sum[kind] += row[kind] ?? 0;
    for (const { code, count } of row.reasons ?? []) sum.reasons.set(code, (sum.reasons.get(code) ?? 0) + count);
    sums.set(keyOf(row), sum);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

// What came of the cards of a rule, as parts of a bar; the numbers stand beside it.
function bar(sum) {
  const image = shape("svg", { viewBox: "0 0 100 10", class: "bar-of", preserveAspectRatio: "none", "aria-hidden": "true" });
  let at = 0;
  for (const kind of kinds) {
    const width = (100 * sum[kind]) / sum.shown;
    image.append(shape("rect", { x: at, y: 0, width, height: 10, class: `part-${kind}` }));
    at += width;
  }
  return image;
}

// Cards a day, each day a column. The table below says the same in numbers.
function plot(days) {
  const most = Math.max(...days.map(([, sum]) => sum.shown));
  const image = shape("svg", { viewBox: `0 0 ${days.length * 12} 104`, class: "plot", role: "img", "aria-label": "Cards by day; the table below has the numbers" });
  days.forEach(([day, sum], index) => {
    let floor = 102;
    for (const kind of kinds) {
      const height = (100 * sum[kind]) / most;
      floor -= height;
      image.append(shape("rect", { x: index * 12 + 1, y: floor, width: 10, height, class: `part-${kind}` }, shape("title", {}, `${day}: ${sum[kind]} ${words[kind]}`)));
    }
  });
  return image;
}

const reasonsOf = (sum) => [...sum.reasons].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} (${count})`).join(", ");

const legend = () => element("p", { class: "legend" }, kinds.map((kind) => element("span", { class: `key part-${kind}` }, words[kind])));

export class OutcomesPage {
  constructor() {
    this.view = element("div", {});
    this.node = element("div", {}, element("h1", {}, "Outcomes"), this.view);
  }

  async open() {
    try {
      this.view.replaceChildren(...this.#draw(await this.#all()));
    } catch (failure) {
      this.view.replaceChildren(note(failure.message, "error"));
    }
  }

  close() {}

  async #all() {
    const outcomes = [];
    for (let token = ""; ; ) {
      const page = await call("GET", `outcomes${token ? `?pageToken=${encodeURIComponent(token)}` : ""}`);
      outcomes.push(...(page.outcomes ?? []));
      token = page.nextPageToken;
      if (!token) return outcomes;
    }
  }

  #draw(outcomes) {
    if (outcomes.length === 0) return [note("No card of CDS Hooks was shown yet.")];
    const rules = sumBy(outcomes, (row) => row.rule);
    const days = sumBy(outcomes, (row) => dayOf(row.day));
    return [
      element("h2", {}, "By rule"),
      legend(),
      table("Outcomes by rule", ["Rule", "Shown", "", "Accepted", "Overridden", "Unseen", "Reasons for overriding"], rules.map(([rule, sum]) =>
        [rule, numberInWords(sum.shown), bar(sum), share(sum.accepted, sum.shown), share(sum.overridden, sum.shown), share(sum.unseen, sum.shown), reasonsOf(sum)])),
      element("h2", {}, "By day"),
      plot(days),
      table("Outcomes by day", ["Day", "Shown", "Accepted", "Overridden", "Unseen", "Not decided yet"], days.map(([day, sum]) =>
        [day, ...["shown", ...kinds].map((kind) => numberInWords(sum[kind]))])),
      element("p", {}, "Unseen: nothing was heard of the card in time. Every card by itself: ",
        element("code", {}, "GET /v1/outcomes:export"), " or ", element("code", {}, "bedside outcomes --json"), "."),
    ];
  }
}
