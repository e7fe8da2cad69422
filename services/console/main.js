// Which page is shown, and what all pages share.

import { AnswerPage } from "./answer_page.js";
import { access } from "./api.js";
import { AskPage } from "./ask_page.js";
import { CorpusPage } from "./corpus_page.js";
import { OutcomesPage } from "./outcomes_page.js";
import { QualityPage } from "./quality_page.js";

const pages = { "#/ask": AskPage, "#/corpus": CorpusPage, "#/outcomes": OutcomesPage, "#/quality": QualityPage, "#/answer": AnswerPage };
const titles = { "#/ask": "Ask", "#/corpus": "Corpus", "#/outcomes": "Outcomes", "#/quality": "Quality", "#/answer": "Answer" };
const view = document.querySelector("#view");
const dialog = document.querySelector("#access-dialog");
let shown = null;

function show() {
  // "#/answer/corpora/c/answers/a": a page, and what it is of.
  const [page, name] = location.hash.split(/(?<=^#\/[a-z]+)\//);
  const path = pages[page] ? page : "#/ask";
  if (shown) shown.close();
  shown = new pages[path](name);
  view.replaceChildren(shown.node);
  document.title = `${titles[path]} – Bedside`;
  for (const link of document.querySelectorAll("nav a")) {
    link.hash === path ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }
  shown.open();
}

function editAccess() {
  dialog.querySelector("#token").value = access.token;
  dialog.querySelector("#corpus").value = access.corpus;
  // What an earlier one was closed with would be that of one closed by Escape.
  dialog.returnValue = "";
  dialog.showModal();
}

dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "use") return;
  access.token = dialog.querySelector("#token").value.trim();
  access.corpus = dialog.querySelector("#corpus").value.trim();
  show();
});
document.querySelector("#access").addEventListener("click", editAccess);
// The part of the address after "#" is the page.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  view.focus();
});
addEventListener("hashchange", () => {
  show();
  view.focus();
});
show();
