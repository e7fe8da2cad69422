#!/usr/bin/env python3
"""services/answer/report_cues.tsv, which is compiled into the server, is as docs/formats/report-cues.md says."""

import math
import unittest


class TableTest(unittest.TestCase):
    def setUp(self):
        with open("services/answer/report_cues.tsv", encoding="utf-8", newline="") as file:
            self.rows = [line.rstrip("\n").split("\t") for line in file]
        self.weights = {cue: (float(finding), float(method)) for finding, method, cue in self.rows}

    def test_it_is_sorted_and_has_each_cue_once(self):
        cues = [row[2] for row in self.rows]
        self.assertEqual(cues, sorted(set(cues)))

    def test_its_weights_are_finite(self):
        for cue, weights in self.weights.items():
            self.assertTrue(all(map(math.isfinite, weights)), cue)

    def test_it_has_a_bias_and_thresholds_above_0(self):
        self.assertIn("(bias)", self.weights)
        self.assertGreater(min(self.weights["(threshold)"]), 0)

    def test_what_stands_around_a_sentence_weighs_for_findings_only(self):
        for cue, (_, method) in self.weights.items():
            if ":" in cue and not cue.startswith("first:"):
                self.assertEqual(method, 0, cue)

    def test_the_words_of_aims_and_methods_weigh_for_these(self):
        for cue in ["measured", "were compared", "whether"]:
            finding, method = self.weights[cue]
            self.assertGreater(method, finding, cue)


if __name__ == "__main__":
    unittest.main()
