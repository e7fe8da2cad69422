#!/usr/bin/env python3
"""tools/adapter/draw_texts.py: questions and short texts of a small folder of data, the same at every run."""

import json
import os
import subprocess
import sys
import unittest
import zipfile

XML = """<Document><QAPairs><QAPair><Question qid="1">What causes gout &amp; who gets it?</Question>
<Answer>Uric acid forms crystals in joints. Rest and ice may help a lot.</Answer></QAPair></QAPairs></Document>"""
MARKDOWN = """---
title: "Gout in adults"
tags:
  - colchicine dose reduction
---
## Treatment of a flare
- Offer colchicine or an NSAID within a day.
"""
ARTICLE = {"1": {"QUESTION": "Does cherry juice prevent gout?", "CONTEXTS": ["We asked 100 adults who had gout."]}}


class DrawTextsTest(unittest.TestCase):
    def setUp(self):
        self.data = os.path.join(os.environ["TEST_TMPDIR"], "data")
        for folder in ["pubmedqa", "guidelines/rheumatology"]:
            os.makedirs(os.path.join(self.data, folder), exist_ok=True)
        with zipfile.ZipFile(os.path.join(self.data, "medquad.zip"), "w") as archive:
            archive.writestr("1_Set/1.xml", XML)
            archive.writestr("1_Set/readme.txt", "<Question>no</Question>")
        with open(os.path.join(self.data, "pubmedqa", "ori_pqal.json"), "w") as file:
            json.dump(ARTICLE, file)
        with open(os.path.join(self.data, "guidelines", "rheumatology", "gout.md"), "w") as file:
            file.write(MARKDOWN)

    def draw(self, name):
        output = os.path.join(os.environ["TEST_TMPDIR"], name)
        os.makedirs(output, exist_ok=True)
        subprocess.run([sys.executable, "tools/adapter/draw_texts.py", self.data, output], check=True)
        texts = {}
        for name in sorted(os.listdir(output)):
            with open(os.path.join(output, name), encoding="utf-8") as file:
                texts[name] = file.read().splitlines()
        return texts

    def test_questions_and_short_texts_are_written(self):
        texts = self.draw("first")
        self.assertEqual(texts["medquad"], ["What causes gout & who gets it?"])
        self.assertEqual(texts["pubmedqa"], ["Does cherry juice prevent gout?"])
        for text in ["Gout in adults", "Treatment of a flare", "colchicine dose reduction",
                     "Offer colchicine or an NSAID within a day.", "Uric acid forms crystals in joints.",
                     "We asked 100 adults who had gout."]:
            self.assertIn(text, texts["short"])

    def test_the_same_data_gives_the_same_texts(self):
        self.assertEqual(self.draw("second"), self.draw("third"))

    def refused(self, words, *arguments):
        done = subprocess.run([sys.executable, "tools/adapter/draw_texts.py", *arguments], stderr=subprocess.PIPE,
                              universal_newlines=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn(words, done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def test_what_it_cannot_use_is_refused(self):
        self.refused("usage: draw_texts.py DATA OUTPUT")
        self.refused("wanted DATA with the files of the three sets", "nowhere", os.environ["TEST_TMPDIR"])
        self.refused("a folder OUTPUT, got: ", self.data, "nowhere")
        with open(os.path.join(self.data, "medquad.zip"), "w") as file:
            file.write("no archive")
        self.refused("got: File is not a zip file", self.data, os.environ["TEST_TMPDIR"])


if __name__ == "__main__":
    unittest.main()
