import assert from "node:assert/strict";
import { test } from "node:test";

import { pieces } from "../../services/console/spans.js";

const passage = { text: "TNF-α rises. Stop it.", span: { begin: 100, end: 123 } };

test("a span is in bytes, from the beginning of the document", () => {
  assert.deepEqual(pieces(passage, [{ begin: 114, end: 122 }]), [["TNF-α rises. ", false], ["Stop it.", true]]);
});

test("spans that touch or overlap do not repeat text", () => {
  assert.deepEqual(pieces(passage, [{ begin: 114, end: 122 }, { begin: 100, end: 118 }]).map(([text]) => text).join(""), passage.text);
});

test("what lies outside the passage is left out", () => {
  assert.deepEqual(pieces(passage, [{ begin: 0, end: 50 }, { begin: 500, end: 600 }]), [[passage.text, false]]);
});

test("a span that begins at the beginning has no begin in JSON", () => {
  assert.deepEqual(pieces({ text: "ab", span: { end: 2 } }, [{ end: 1 }]), [["a", true], ["b", false]]);
});

test("a passage without text has no pieces", () => {
  assert.deepEqual(pieces({}, [{ end: 1 }]), []);
});
