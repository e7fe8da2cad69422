#!/usr/bin/env python3
"""section_eval: its help, what it refuses, and what it counts of answers over the sample abstracts."""

import json
import os
import re
import subprocess
import tempfile
import unittest

CONFIG = 'index {{ embedder {{ model_path: "{}" precision: PRECISION_F32 max_tokens: 64 }} }} pipeline {{ chunking {{ target_tokens: 64 }} }}'
SAMPLE = "samples/pubmedqa/illustrations.json"


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/eval/sections/section_eval",) + arguments, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class SectionEvalTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"])
        self.config = self.folder + "/config.textproto"
        with open(self.config, "w") as file:
            file.write(CONFIG.format(os.path.abspath("external/bge_small_en")))

    def ask(self, *arguments, half="reported"):
        return run("--pubmedqa=" + SAMPLE, "--half=" + half, "--store=" + self.folder, "--config=" + self.config, *arguments)

    def test_help_names_every_option(self):
        options = re.findall(r"^    --(\w+)", run("--help")[1], re.MULTILINE)
        self.assertEqual(sorted(options), ["bin_dir", "config", "half", "json", "labels", "print", "pubmedqa", "report", "store"])

    def test_what_is_wrong_with_an_option_is_said(self):
        for arguments, words in [(("--half=third",), "--half: wanted development or reported"),
                                 ((), "cannot be opened"),
                                 (("--pubmedqa=" + __file__,), "wanted PubMedQA"),
                                 (("--pubmedqa=" + SAMPLE,), "--store: name a folder that exists")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(words, error)

    def test_cited_sentences_are_counted_by_what_their_section_is(self):
        path = self.folder + "/measured.json"
        asked = cited = 0
        for half in ["development", "reported"]:
            page = self.folder + "/page.html"
            status, output, error = self.ask("--print", "--labels", "--json=" + path, "--report=" + page, half=half)
            self.assertEqual(status, 0, error)
            with open(path) as file:
                measured = json.load(file)
            lines = [line.split("\t") for line in output.splitlines() if "\t" in line]
            self.assertLessEqual({line[2] for line in lines}, {"finding"})
            self.assertEqual([(goal["cases"], goal["measured"], goal["met"]) for goal in measured["goals"]],
                             [(len(lines), 0, True)] if lines else [])
            with open(page) as file:
                self.assertIn("<td>%d</td>" % len(lines), file.read())
            asked, cited = asked + measured["asked"], cited + len(lines)
        with open(SAMPLE) as file:
            self.assertEqual(asked, len(json.load(file)))
        self.assertGreater(cited, 0)


if __name__ == "__main__":
    unittest.main()
