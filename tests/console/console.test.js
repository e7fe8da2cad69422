// The console in a browser, on a server that has the samples.
//   BEDSIDE_URL          where it is
//   BEDSIDE_SCREENSHOTS  folder for pictures of each page

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import axe from "axe-core";
import { chromium } from "playwright-core";

const url = process.env.BEDSIDE_URL;
const pictures = process.env.BEDSIDE_SCREENSHOTS;
const question = "At which eGFR should metformin be stopped?";
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
});
after(() => browser.close());

// A page whose every message of the console and every foreign request fails the test.
async function open(path = "", options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => message.type() === "error" && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => request.url().startsWith(url) || request.url().startsWith("data:") || page.complaints.push(request.url()));
  await page.goto(`${url}/${path}`);
  return page;
}

async function ask(page, text = question) {
  await page.getByLabel("Question", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.locator('.answer[aria-busy="false"]').waitFor();
}

async function close(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

async function assertAccessible(page) {
  // The policy of the page lets no script in; the test is not the page.
  const { violations } = await page.evaluate(`(() => { ${axe.source}; return axe.run(); })()`);
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(grave.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]), []);
}

test("an answer comes with its sources, and a citation shows its span", async () => {
  const page = await open();
  await ask(page);
  const sentence = page.locator(".answer > p").first();
  assert.match(await sentence.textContent(), /eGFR/);
  await sentence.locator(".cite").first().hover();
  const chosen = page.locator(".source.chosen");
  assert.equal(await chosen.count(), 1);
  // A row of a table, of which the sentence has each cell.
  const cited = await chosen.locator("mark").allTextContents();
  assert.equal(cited.length, 1);
  for (const cell of cited[0].split("|")) assert.ok((await sentence.textContent()).includes(cell.trim()), cell);
  await page.screenshot({ path: `${pictures}/answer.png`, fullPage: true });
  await close(page);
});

test("the first sentence is seen soon", async () => {
  const page = await open();
  await ask(page);
  await page.getByLabel("Question", { exact: true }).fill("When should asthma treatment be stepped up?");
  const took = await page.evaluate(() => new Promise((resolve) => {
    const begin = performance.now();
    const seen = new MutationObserver(() => {
      if (!document.querySelector(".answer p")) return;
      seen.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - begin));
    });
    document.querySelector(".answer").replaceChildren();
    seen.observe(document.querySelector("#view"), { childList: true, subtree: true });
    document.querySelector("form .actions button").click();
  }));
  console.log(`first sentence after ${Math.round(took)} ms`);
  await close(page);
});

test("where the evidence does not answer, it says why", async () => {
  const page = await open();
  await ask(page, "What is the best recipe for apple pie?");
  assert.ok(await page.getByRole("heading", { name: "No answer" }).isVisible());
  await page.screenshot({ path: `${pictures}/abstention.png`, fullPage: true });
  await close(page);
});

test("an error of the server is said in its words", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Access" }).click();
  await page.getByLabel("Corpus").fill("nowhere");
  await page.getByRole("button", { name: "Use" }).click();
  await page.getByLabel("Question", { exact: true }).fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  assert.match(await page.getByRole("alert").textContent(), /there is no corpus nowhere/);
  // The browser reports the status itself.
  page.complaints = page.complaints.filter((text) => !text.includes("status of 404"));
  await close(page);
});

test("filters and what is known of the patient go with the question", async () => {
  const page = await open();
  await page.getByText("Filters and patient").click();
  await page.getByLabel("Guideline").check();
  await page.getByLabel("from the year").fill("2015");
  await page.getByLabel("age in years").fill("70");
  const sent = page.waitForRequest((request) => request.url().endsWith(":streamAnswer"));
  await ask(page);
  const body = (await sent).postDataJSON();
  assert.deepEqual(body.filter, { kinds: ["DOCUMENT_KIND_GUIDELINE"], publishedAfter: { year: 2015 } });
  assert.deepEqual(body.patient, { ageYears: 70 });
  await close(page);
});

test("a record goes with the question, and the answer says what was made of it", async () => {
  const page = await open();
  await page.getByText("Filters and patient").click();
  const bundle = { resourceType: "Bundle", type: "collection", entry: [{ resource: { resourceType: "Patient", gender: "female", birthDate: "1950-01-01" } }] };
  await page.getByLabel(/^FHIR R4 Bundle/).setInputFiles({ name: "bundle.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(bundle)) });
  await page.getByText("1 KB go with each question.").waitFor();
  await ask(page);
  await page.getByText("What this rests on").click();
  assert.ok(await page.getByRole("row", { name: /Of the record, used/ }).isVisible());
  await close(page);
});

test("what was asked is remembered on the page, and forgotten when told", async () => {
  const page = await open();
  await ask(page);
  await page.getByText("Asked on this page").click();
  assert.ok(await page.getByRole("button", { name: question }).isVisible());
  await page.getByRole("button", { name: "Forget them" }).click();
  assert.equal(await page.getByText("Asked on this page").count(), 0);
  await close(page);
});

test("an answer that was stopped is none", async () => {
  const page = await open();
  await page.route("**/v1/**", (route) => setTimeout(() => route.continue().catch(() => {}), 5000));
  await page.getByLabel("Question", { exact: true }).fill(question);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  assert.match(await page.getByRole("alert").textContent(), /Stopped: there is no answer/);
  await close(page);
});

test("Escape changes nothing", async () => {
  const page = await open();
  for (const press of ["Use", "Escape"]) {
    await page.getByRole("button", { name: "Access" }).click();
    await page.getByLabel("Corpus").fill(press === "Use" ? "default" : "nowhere");
    press === "Use" ? await page.getByRole("button", { name: "Use" }).click() : await page.keyboard.press("Escape");
  }
  await ask(page);
  await close(page);
});

test("feedback is one click", async () => {
  const page = await open();
  await ask(page);
  await page.getByRole("button", { name: "Helpful", exact: true }).click();
  await page.getByText("Noted, thank you.").waitFor();
  await close(page);
});

test("the corpus shows what serves, its generations and its documents", async () => {
  const page = await open("#/corpus");
  await page.getByRole("heading", { name: "Generations" }).waitFor();
  await page.getByRole("heading", { name: /^Documents \(\d+\)$/ }).waitFor();
  assert.ok(await page.getByText("documents in force").isVisible());
  await page.screenshot({ path: `${pictures}/corpus.png`, fullPage: true });
  await assertAccessible(page);
  await close(page);
});

// Calls the hook of an example, as a record system would, and gives its card.
async function cardOf(name) {
  const { service, call } = JSON.parse((await readFile(`samples/hooks/examples/${name}.json`, "utf8"))
    .replace(/\{\{today-\d+\}\}/g, new Date(Date.now() - 864e5).toISOString().slice(0, 10))
    .replace(/\{\{years-(\d+)\}\}/g, (_, years) => `${new Date().getFullYear() - years}-01-01`));
  const post = (path, body) => fetch(`${url}${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const { cards: [card] } = await (await post(`/cds-services/${service}`, call)).json();
  return { card, tell: (feedback) => post(`/cds-services/${service}/feedback`, { feedback: [{ card: card.uuid, outcomeTimestamp: new Date().toISOString(), ...feedback }] }) };
}

test("what became of cards is shown by rule and day", async () => {
  const first = await cardOf("opioid-benzodiazepine");
  assert.equal((await first.tell({ outcome: "overridden", overrideReason: { reason: { code: "specialist" } } })).status, 200);
  const second = await cardOf("opioid-benzodiazepine");
  assert.equal((await second.tell({ outcome: "accepted", acceptedSuggestions: [{ id: second.card.suggestions[0].uuid }] })).status, 200);
  const page = await open("#/outcomes");
  const row = page.getByRole("region", { name: "Outcomes by rule" }).getByRole("row", { name: /opioid-benzodiazepine/ });
  assert.match(await row.textContent(), /50 %50 %0 %specialist \(1\)/);
  assert.ok(await page.getByRole("img", { name: /Cards by day/ }).isVisible());
  const today = new Date().toISOString().slice(0, 10);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV" }).click();
  const csv = await readFile(await (await saved).path(), "utf8");
  assert.match(csv, new RegExp(`^"rule","day","shown"[^]*"opioid-benzodiazepine","${today}","2","1","1"`));
  await assertAccessible(page);
  await page.screenshot({ path: `${pictures}/outcomes.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${pictures}/outcomes-dark.png`, fullPage: true });
  await close(page);
});

test("outcomes are those of the rule and the days that were chosen", async () => {
  await cardOf("nsaid-kidneys");
  const page = await open("#/outcomes");
  const rules = page.getByRole("region", { name: "Outcomes by rule" });
  await rules.getByRole("row", { name: /nsaid/ }).waitFor();
  await page.getByLabel("Rule", { exact: true }).selectOption("opioid-benzodiazepine");
  await rules.getByRole("row", { name: /nsaid/ }).waitFor({ state: "detached" });
  assert.equal(await rules.getByRole("row").count(), 2);
  await page.getByLabel("To", { exact: true }).fill("2020-02-01");
  await page.getByText("No card was shown then.").waitFor();
  await close(page);
});

test("quality is what the last evaluation wrote", async () => {
  const page = await open("#/quality");
  const report = page.locator(".report");
  await report.getByRole("heading", { name: "How well Bedside finds evidence" }).waitFor();
  assert.ok((await report.locator("svg .line, svg circle").count()) > 0, "there are plots");
  assert.match(await report.getByRole("region").first().textContent(), /nDCG@10/);
  await assertAccessible(page);
  await page.screenshot({ path: `${pictures}/quality.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${pictures}/quality-dark.png`, fullPage: true });
  await page.getByRole("link", { name: "answers", exact: true }).click();
  await page.getByText('The report "answers" was not written yet.').waitFor();
  await close(page);
});

test("the link of a card leads to its answer", async () => {
  const { card } = await cardOf("nsaid-kidneys");
  const page = await open(new URL(card.links[0].url).hash);
  await page.locator('.answer[aria-busy="false"]').waitFor();
  assert.match(await page.locator(".answer").textContent(), /non-steroidal/);
  await assertAccessible(page);
  await page.screenshot({ path: `${pictures}/recorded-answer.png`, fullPage: true });
  await close(page);
});

test("everything works by keyboard", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate("document.activeElement.textContent"), "Skip to content");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(question);
  while (!(await page.evaluate("document.activeElement.matches('form .actions button')"))) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator('.answer[aria-busy="false"]').waitFor();
  while (!(await page.evaluate("document.activeElement.classList.contains('cite')"))) await page.keyboard.press("Tab");
  assert.equal(await page.locator(".source.chosen").count(), 1);
  await close(page);
});

for (const [name, options] of Object.entries({
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true },
  wall: { viewport: { width: 3840, height: 2160 } },
})) {
  test(`it can be read: ${name}`, async () => {
    const page = await open("", options);
    await ask(page);
    await assertAccessible(page);
    const tooWide = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assert.equal(tooWide, false, "the page scrolls sideways");
    await page.screenshot({ path: `${pictures}/answer-${name}.png`, fullPage: name !== "wall" });
    await close(page);
  });
}
