#!/usr/bin/env python3
"""report_cue_examples: cues and labels of abstracts, statements of guidelines, and what it refuses."""

import json
import os
import subprocess
import unittest

SAMPLE = "samples/pubmedqa/illustrations.json"


def run(**options):
    """The exit status, standard output and standard error."""
    done = subprocess.run(["tools/report_cues/report_cue_examples"] + ["--%s=%s" % option for option in options.items()],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class ReportCueExamplesTest(unittest.TestCase):
    def setUp(self):
        self.output = os.path.join(os.environ["TEST_TMPDIR"], "examples")

    def written(self, **options):
        self.assertEqual(run(output=self.output, **options), (0, "", ""))
        with open(self.output) as file:
            return [json.loads(line) for line in file]

    def test_each_sentence_has_its_cues_and_what_its_section_is(self):
        examples = {example["id"]: example for example in self.written(pubmedqa=SAMPLE)}
        with open(SAMPLE) as file:
            self.assertEqual(sorted(examples), sorted(json.load(file)))
        example = examples["90000201"]
        self.assertEqual(example["findings"], [False, False, False, True, True, True, True])
        self.assertEqual(example["methods"], [False, False, True, False, False, False, False])
        self.assertIn("we randomised", example["cues"][2])
        self.assertIn("after:we", example["cues"][1])

    def test_statements_of_guidelines_are_no_methods_and_say_nothing_of_findings(self):
        statements = self.written(pubmedqa=SAMPLE, statements="samples/guidelines")[len(self.written(pubmedqa=SAMPLE)):]
        self.assertGreater(len(statements), 0)
        for example in statements:
            self.assertEqual(len(example["cues"]), 8)
            self.assertEqual(example["findings"], [None] * 8)
            self.assertEqual(example["methods"], [False] * 8)

    def test_what_is_not_there_is_named(self):
        for options, status, words in [(dict(pubmedqa="nowhere"), 2, "nowhere"),
                                       (dict(pubmedqa=SAMPLE, statements="nowhere"), 2, "nowhere"),
                                       (dict(pubmedqa=SAMPLE, output="no/folder"), 1, "--output cannot be written")]:
            got, output, error = run(**{"output": self.output, **options})
            self.assertEqual((got, output), (status, ""))
            self.assertIn("report_cue_examples: ", error)
            self.assertIn(words, error)


if __name__ == "__main__":
    unittest.main()
