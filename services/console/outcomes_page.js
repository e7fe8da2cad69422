// The page on the cards of CDS Hooks: how often each rule spoke, and what came of it.

import { call } from "./api.js";
import { element, note, shape, table } from "./dom.js";
import { numberInWords } from "./words.js";

const kinds = ["accepted", "overridden", "unseen", "pending"];
const words = { accepted: "accepted", overridden: "overridden", unseen: "unseen", pending: "not decided yet" };

const oneDay = 24 * 60 * 60 * 1000;
const mostDays = 366;

const dayOf = ({ year, month, day }) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
const share = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");

// Rows of the same key as one.
function sumBy(rows, keyOf) {
  const sums = new Map();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? nothing();
    for (const kind of ["shown", ...kinds]) sum[kind] += row[kind] ?? 0;
    for (const { system = "", code, count } of row.reasons ?? []) {
      const reason = sum.reasons.get(`${system} ${code}`) ?? { code, count: 0 };
      reason.count += count;
      sum.reasons.set(`${system} ${code}`, reason);
    }
    sums.set(keyOf(row), sum);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

const nothing = () => ({ shown: 0, accepted: 0, overridden: 0, unseen: 0, pending: 0, reasons: new Map() });

// The days between as well, on which there was no card; of more than a year the last.
function withoutGaps(days) {
  const known = new Map(days);
  const first = Date.parse(days[0][0]);
  const last = Date.parse(days[days.length - 1][0]);
  const whole = [];
  for (let time = Math.max(first, last - (mostDays - 1) * oneDay); time <= last; time += oneDay) {
    const day = new Date(time).toISOString().slice(0, 10);
    whole.push([day, known.get(day) ?? nothing()]);
  }
  return whole;
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

const reasonsOf = (sum) => [...sum.reasons.values()].sort((a, b) => b.count - a.count).map(({ code, count }) => `${code} (${count})`).join(", ");

const legend = () => element("p", { class: "legend" }, kinds.map((kind) => element("span", { class: `key part-${kind}` }, words[kind])));

// What a spreadsheet takes: a line a rule and day.
function csvOf(outcomes) {
  const quoted = (value) => `"${String(value).replaceAll('"', '""')}"`;
  const lines = outcomes.map((row) => [row.rule, dayOf(row.day), ...["shown", ...kinds].map((kind) => row[kind] ?? 0),
    (row.reasons ?? []).map(({ system = "", code, count }) => `${system}|${code}: ${count}`).join("; ")]);
  return [["rule", "day", "shown", ...kinds, "reasons"], ...lines].map((cells) => cells.map(quoted).join(",")).join("\r\n");
}

function download(name, text) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

export class OutcomesPage {
  constructor() {
    this.rule = element("select", { id: "outcomes-rule" }, element("option", { value: "" }, "All rules"));
    this.from = element("input", { id: "outcomes-from", type: "date" });
    this.to = element("input", { id: "outcomes-to", type: "date" });
    this.view = element("div", {});
    const field = (label, input) => element("div", {}, element("label", { for: input.id }, label), input);
    this.node = element("div", {}, element("h1", {}, "Outcomes"),
      element("form", { class: "choices", onchange: () => this.#show() }, field("Rule", this.rule), field("From", this.from), field("To", this.to)), this.view);
  }

  async open() {
    await this.#show();
  }

  close() {}

  async #show() {
    // The answer to an earlier choice may come after that to a later one.
    const asked = (this.asked = Symbol("choice"));
    let shown;
    try {
      shown = this.#draw(await this.#all());
    } catch (failure) {
      shown = [note(failure.message, "error")];
    }
    if (this.asked === asked) this.view.replaceChildren(...shown);
  }

  #query(pageToken) {
    const query = new URLSearchParams();
    if (this.rule.value) query.set("rule", this.rule.value);
    for (const [name, input] of [["from", this.from], ["to", this.to]]) {
      const [year, month, day] = input.value.split("-").map(Number);
      if (day) for (const [part, value] of Object.entries({ year, month, day })) query.set(`${name}.${part}`, value);
    }
    if (pageToken) query.set("pageToken", pageToken);
    return query;
  }

  async #all() {
    const outcomes = [];
    for (let token = ""; ; ) {
      const page = await call("GET", `outcomes?${this.#query(token)}`);
      outcomes.push(...(page.outcomes ?? []));
      token = page.nextPageToken;
      if (!token) return outcomes;
    }
  }

  // Rules that were seen stay to be chosen.
  #offer(rules) {
    const known = new Set([...this.rule.options].map((option) => option.value));
    this.rule.append(...rules.filter(([rule]) => !known.has(rule)).map(([rule]) => element("option", { value: rule }, rule)));
  }

  #draw(outcomes) {
    if (outcomes.length === 0) return [note(this.#query().toString() ? "No card was shown then." : "No card of CDS Hooks was shown yet.")];
    const rules = sumBy(outcomes, (row) => row.rule);
    const days = sumBy(outcomes, (row) => dayOf(row.day));
    this.#offer(rules);
    return [
      element("h2", {}, "By rule"),
      legend(),
      table("Outcomes by rule", ["Rule", "Shown", "", "Accepted", "Overridden", "Unseen", "Reasons for overriding"], rules.map(([rule, sum]) =>
        [rule, numberInWords(sum.shown), bar(sum), share(sum.accepted, sum.shown), share(sum.overridden, sum.shown), share(sum.unseen, sum.shown), reasonsOf(sum)])),
      element("h2", {}, "By day"),
      plot(withoutGaps(days)),
      table("Outcomes by day", ["Day", "Shown", "Accepted", "Overridden", "Unseen", "Not decided yet"], days.map(([day, sum]) =>
        [day, ...["shown", ...kinds].map((kind) => numberInWords(sum[kind]))])),
      element("p", { class: "actions" }, element("button", { type: "button", class: "quiet", onclick: () => download("outcomes.csv", csvOf(outcomes)) }, "Save as CSV")),
      element("p", {}, "Unseen: nothing was heard of the card in time. Every card by itself: ",
        element("code", {}, "GET /v1/outcomes:export"), " or ", element("code", {}, "bedside outcomes --json"), "."),
    ];
  }
}
