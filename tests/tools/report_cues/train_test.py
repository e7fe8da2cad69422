#!/usr/bin/env python3
"""tools/report_cues/train.py: what it learns, what is held out of what, and what it refuses with the exit status 2."""

import json
import os
import subprocess
import sys
import unittest

import numpy as np

sys.path += ["tools/report_cues", "tools/training"]
import train
from folds import fold_of


def made(count):
    """Abstracts of two sentences: one of methods, which has "asked", and a finding, which has "found"; both have "we"."""
    return [dict(id="a%d" % number, cues=[["asked", "place:0", "we"], ["after:asked", "found", "we"]],
                 findings=[False, True], methods=[True, False]) for number in range(count)]


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run([sys.executable, "tools/report_cues/train.py"] + list(arguments), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class TrainTest(unittest.TestCase):
    def setUp(self):
        self.examples = os.path.join(os.environ["TEST_TMPDIR"], "examples")
        self.cues = os.path.join(os.environ["TEST_TMPDIR"], "cues.tsv")

    def write(self, examples):
        with open(self.examples, "w") as file:
            for example in examples:
                file.write(json.dumps(example) + "\n")

    def test_what_tells_findings_and_methods_has_a_weight(self):
        self.write(made(100))
        status, output, error = run(self.examples, self.cues)
        self.assertEqual((status, error), (0, ""))
        self.assertIn("200 sentences that were not seen, 100 of them findings", output)
        with open(self.cues) as file:
            rows = {cue: (float(finding), float(method)) for finding, method, cue in
                    (line.rstrip("\n").split("\t") for line in file)}
        self.assertEqual(list(rows), sorted(rows))
        self.assertNotIn("we", rows)
        self.assertGreater(rows["found"][0], 0)
        self.assertGreater(rows["asked"][1], 0)
        self.assertEqual(rows["after:asked"][1], 0, "what stands around it says nothing of aims and methods")
        self.assertIn("(bias)", rows)
        self.assertIn("(threshold)", rows)

    def test_what_is_no_sentence_with_its_verdicts_is_named_by_its_line(self):
        for wrong in (dict(id=5), dict(cues=5), dict(cues=[5, 6]), dict(findings=[True]), dict(methods="no")):
            examples = made(3)
            examples[1].update(wrong)
            self.write(examples)
            status, _, error = run(self.examples, self.cues)
            self.assertEqual(status, 2, wrong)
            self.assertIn("line 2: wanted", error)

    def test_parts_of_a_document_are_held_out_together_and_taken_for_no_report(self):
        parts = [dict(id="d%d/%d" % (number, part), cues=[["give"], ["stop"], ["we"], ["it"]], findings=[None] * 4,
                      methods=[False] * 4) for number in range(20) for part in range(2)]
        sentences = train.Sentences(made(100) + parts, "methods", train.is_own)
        for part in sentences.part[~sentences.of_a_study]:
            self.assertEqual(len(set(sentences.fold[[one.split("/")[0] == part.split("/")[0] for one in sentences.part]])), 1)
        self.assertTrue(train.is_report(np.array([3, 3, -9, -9])))
        self.assertFalse(train.is_report(np.array([-9, -9, -9, -9])))
        self.assertFalse(train.is_report(np.array([3, 3, 3])))

    def test_cues_of_a_few_abstracts_and_sentences_without_a_label_are_left_out(self):
        abstracts = made(100)
        abstracts[0]["cues"][0].append("rare")
        abstracts[1]["findings"] = [None, True]
        sentences = train.Sentences(abstracts, "findings", lambda cue: True)
        self.assertEqual(sentences.cues, ["after:asked", "asked", "found", "place:0", "we"])
        self.assertEqual(sentences.x.shape, (199, 5))
        self.assertEqual(train.Sentences(abstracts, "methods", train.is_own).cues, ["asked", "found", "we"])

    def test_no_sentence_is_scored_by_what_saw_its_abstract(self):
        sentences, fits, real = train.Sentences(made(50), "findings", lambda cue: True), [], train.fit
        train.fit = lambda x, y: fits.append(len(y)) or (np.zeros(x.shape[1]), float(len(fits)))
        try:
            scores = train.hold_out(sentences)
        finally:
            train.fit = real
        for fold, seen in enumerate(fits):
            unseen = sentences.fold == fold
            self.assertEqual(seen, (~unseen).sum())
            self.assertEqual(set(scores[unseen]), {fold + 1.0} if unseen.any() else set())
        self.assertEqual(sentences.fold[:2].tolist(), [fold_of("a0")] * 2)

    def test_the_fit_minimises_the_loss_with_its_penalty(self):
        """At the minimum the slope of the log-loss is the penalty, against the sign of the weight, or less where that
        is 0; and none of the bias."""
        random = np.random.default_rng(1)
        x = (random.random((400, 6)) < 0.5).astype(np.float32)
        y = x[:, 0] + 0.3 * random.normal(size=400) > 0.5
        weights, bias = train.fit(x, y)
        residual = 1 / (1 + np.exp(-(x @ weights + bias))) - y
        slope = residual @ x
        for at, weight in enumerate(weights):
            if weight:
                self.assertAlmostEqual(slope[at], -train.PENALTY * np.sign(weight), delta=0.05)
            else:
                self.assertLessEqual(abs(slope[at]), train.PENALTY + 0.05)
        self.assertAlmostEqual(residual.sum(), 0, delta=0.05)
        self.assertGreater(weights[0], 1)

    def test_the_threshold_is_the_lowest_that_is_right_often_enough(self):
        scores, y = np.array([5, 4, 3, 2, 1.0]), np.array([True, True, False, True, False])
        self.assertEqual(train.threshold_for(scores, y, 0.25), 2)
        self.assertEqual(train.threshold_for(scores, y, 0), 4)

    def test_what_nothing_can_be_learned_from_is_refused(self):
        abstracts = made(100)
        for abstract in abstracts:
            abstract["findings"] = [None, True]
        self.write(abstracts)
        self.assertEqual(run(self.examples, self.cues)[::2],
                         (2, "train.py: EXAMPLES: wanted sentences of both kinds in abstracts of two folds or more; "
                             "got too few\n"))
        with self.assertRaises(train.bad_input.BadInput):
            train.threshold_for(np.array([2, 1.0]), np.array([False, True]), 0.01)

    def test_what_cannot_be_read_is_named(self):
        self.write([{"id": "a"}])
        for arguments, words in [(("nowhere", self.cues), "nowhere"),
                                 ((self.examples, self.cues), "wanted an object with id, cues, findings, methods")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(words, error)


if __name__ == "__main__":
    unittest.main()
