// Feedback on an answer, in one click.

import { call, inPath } from "./api.js";
import { element } from "./dom.js";

const verdicts = [["HELPFUL", "Helpful"], ["PARTLY_HELPFUL", "Partly"], ["NOT_HELPFUL", "Not helpful"], ["HARMFUL", "Could harm"]];

// Also where the page came without TLS, and there is no crypto.randomUUID.
const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function feedbackView(answerName) {
  const said = element("span", { role: "status" });
  const submit = async (verdict) => {
    try {
      await call("POST", `${inPath(answerName)}/feedback`, { feedbackId: randomId(), verdict: `FEEDBACK_VERDICT_${verdict}` });
      said.textContent = "Noted, thank you.";
      for (const button of buttons) button.disabled = true;
    } catch (failure) {
      said.textContent = failure.message;
    }
  };
  const buttons = verdicts.map(([verdict, label]) => element("button", { type: "button", class: "quiet", onclick: () => submit(verdict) }, label));
  return element("div", { class: "actions", role: "group", "aria-label": "Feedback" }, buttons, said);
}
