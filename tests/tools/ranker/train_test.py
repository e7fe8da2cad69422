#!/usr/bin/env python3
"""tools/ranker/train.py: what is held out of what, what is printed, and what it refuses with the exit status 2."""

import os
import re
import subprocess
import sys
import unittest

import numpy as np

import made_set

sys.path += ["tools/ranker", "tools/training"]
import train
from folds import fold_of
from questions import Questions


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run([sys.executable, "tools/ranker/train.py"] + list(arguments), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class HoldOutTest(unittest.TestCase):
    def seen_and_scored(self, questions, part_of):
        """For each fit, the ids that it saw and those that it then scored."""
        pairs, real = [], train.fit

        class Scorer:
            def score(self, x):
                pairs[-1][1].update(x[:, 0, 0].astype(int))
                return np.zeros(x.shape[:2])

        def fit(asked, seen):
            pairs.append((set(asked.x[seen, 0, 0].astype(int)), set()))
            return Scorer(), Scorer(), 0

        train.fit = fit
        try:
            train.hold_out(questions, part_of)
        finally:
            train.fit = real
        return pairs

    def test_no_question_is_scored_by_nets_that_saw_it(self):
        """A question is known by its first feature, which it shares with itself without its relevant documents."""
        records = [(record, np.full((4, 3), number // 2, np.float32))
                   for number, (record, _) in enumerate(made_set.decided_by("dense", 40))]
        questions = Questions([[made_set.write(records)]], "")
        pairs = self.seen_and_scored(questions, np.array([fold_of(identity) for identity in questions.ids]))
        self.assertEqual(len(pairs), 5)
        for seen, scored in pairs:
            self.assertFalse(seen & scored)
            self.assertEqual(seen | scored, set(range(40)))
        self.assertEqual(sorted(number for _, scored in pairs for number in scored), list(range(40)))

    def test_no_set_is_scored_by_nets_that_saw_any_of_it(self):
        paths = [made_set.write((record, np.full((4, 3), number, np.float32))
                                for record, _ in made_set.decided_by("dense", 4, seed=number)) for number in range(3)]
        questions = Questions([[path] for path in paths], "")
        self.assertEqual(self.seen_and_scored(questions, questions.set_of), [({1, 2}, {0}), ({0, 2}, {1}), ({0, 1}, {2})])


class TrainTest(unittest.TestCase):
    def setUp(self):
        self.model = os.path.join(os.environ["TEST_TMPDIR"], "model.ranker")

    def refused(self, words, *arguments):
        status, output, error = run(*arguments)
        self.assertEqual((status, output), (2, ""))
        self.assertIn(words, error)
        self.assertNotIn("Traceback", error)
        self.assertFalse(os.path.exists(self.model))

    def test_help_names_every_option(self):
        status, output, _ = run("--help")
        self.assertEqual(status, 0)
        for word in ["--embedder ID", "MODEL", "FEATURES", "python3-numpy, protobuf-compiler"]:
            self.assertIn(word, output)

    def test_of_two_sets_each_is_reported_by_what_saw_nothing_of_it(self):
        paths = [made_set.write(made_set.decided_by("dense", 60, seed)) for seed in (1, 2)]
        status, output, error = run(self.model + ".2", *paths)
        self.assertEqual((status, error), (0, ""))
        headings = [line for line in output.splitlines() if not line.startswith(" ")]
        self.assertEqual(headings, ["questions that were not seen, of sets that were:", "sets that were not seen:"])
        self.assertEqual(re.findall(r"set, (\d+) questions: nDCG@10 ([\d.]+)", output), [("60", "1.0000")] * 4)

    def test_one_set_is_reported_by_folds_alone(self):
        output = run(self.model + ".1", made_set.write(made_set.decided_by("dense", 60)))[1]
        self.assertNotIn("sets that were not seen", output)

    def test_a_file_that_is_not_there_is_named(self):
        self.refused("train.py: nowhere.jsonl: wanted a file that can be read, got: No such file", self.model, "nowhere")

    def test_arguments_that_are_missing_are_named(self):
        self.refused("required: MODEL, FEATURES")

    def test_folds_are_five(self):
        self.refused("FEATURES: wanted of each set one path, or 5 with commas", self.model, "a,b")

    def test_too_few_questions_are_refused(self):
        self.refused("wanted 32 questions to train a net on, got ", self.model,
                     made_set.write(made_set.decided_by("dense", 10)))

    def test_a_model_that_cannot_be_written_is_said_before_training(self):
        self.refused("nowhere/model: wanted a file to write", "nowhere/model",
                     made_set.write(made_set.decided_by("dense", 60)))


if __name__ == "__main__":
    unittest.main()
