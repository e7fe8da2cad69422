// The programs of docs/clients/ against a live server (BEDSIDE_URL) that has the samples: all say the same.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { test } from "node:test";

const url = process.env.BEDSIDE_URL;
const folder = new URL("../../docs/clients/", import.meta.url).pathname;
const binaries = new URL("../node_modules/.bin/", import.meta.url).pathname;
const built = mkdtempSync(`${tmpdir()}/clients-`);

execFileSync(`${binaries}tsc`, ["--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler", "--types", "node", "--typeRoots",
  new URL("../node_modules/@types", import.meta.url).pathname, "--outDir", built, `${folder}ask.ts`]);
execFileSync("sh", ["-c", `mv ${built}/ask.js ${built}/ask.mjs`]);

const clients = {
  python: ["python3", `${folder}ask.py`],
  typescript: ["node", `${built}/ask.mjs`],
  go: ["go", "run", `${folder}ask.go`],
};

function run([program, ...flags], question, at = url) {
  return spawnSync(program, [...flags, at, question], { encoding: "utf8" });
}

for (const [name, client] of Object.entries(clients)) {
  const missing = spawnSync(client[0], ["--version"]).error ? `${client[0]} is not installed` : false;

  test(`${name}: sentences with their citations, and what is cited`, { skip: missing }, () => {
    const { stdout, status } = run(client, "At which eGFR should metformin be stopped?");
    assert.equal(status, 0);
    assert.match(stdout, /^Metformin and Kidney Function: .* \[1\]$/m);
    assert.match(stdout, /^\[1\] Metformin and Kidney Function, Example Kidney Council/m);
    assert.equal(stdout, run(clients.python, "At which eGFR should metformin be stopped?").stdout);
  });

  test(`${name}: an abstention`, { skip: missing }, () => {
    assert.match(run(client, "What is the best recipe for apple pie?").stdout, /^No answer: /m);
  });

  test(`${name}: what the server refuses`, { skip: missing }, () => {
    const { stderr, status } = run(client, "");
    assert.notEqual(status, 0);
    assert.match(stderr, /question/);
  });
}
