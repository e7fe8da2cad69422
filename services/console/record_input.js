// The patient's record as FHIR: chosen, dropped or pasted. It stays in the page until the question is sent, and is read
// by the server alone.

import { element } from "./dom.js";

function inBase64(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export class RecordInput {
  constructor() {
    this.bytes = null;
    this.said = element("span", { role: "status" }, "None given.");
    this.file = element("input", { type: "file", id: "record", accept: ".json,application/json,application/fhir+json", onchange: () => this.#take(this.file.files[0]) });
    this.remove = element("button", { type: "button", class: "quiet", disabled: true, onclick: () => this.#clear() }, "Remove");
    this.node = element("fieldset", {
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => { event.preventDefault(); this.#take(event.dataTransfer.files[0]); },
      onpaste: (event) => this.#paste(event),
    }, element("legend", {}, "Patient's record"),
      element("label", { for: "record" }, "FHIR R4 Bundle, also by dropping or pasting it here ", this.file), this.said, " ", this.remove);
  }

  // The field of a request; undefined where there is none.
  get fhir() {
    return this.bytes ? inBase64(this.bytes) : undefined;
  }

  async #take(file) {
    if (file) this.#keep(new Uint8Array(await file.arrayBuffer()));
  }

  #paste(event) {
    const text = event.clipboardData.getData("text");
    if (!text.trimStart().startsWith("{")) return;
    event.preventDefault();
    this.#keep(new TextEncoder().encode(text));
  }

  #keep(bytes) {
    this.bytes = bytes;
    this.remove.disabled = false;
    this.said.textContent = `${Math.ceil(bytes.length / 1000)} KB go with each question.`;
  }

  #clear() {
    this.bytes = null;
    this.file.value = "";
    this.remove.disabled = true;
    this.said.textContent = "None given.";
  }
}
