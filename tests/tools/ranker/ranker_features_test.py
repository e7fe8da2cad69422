#!/usr/bin/env python3
"""ranker_features writes what train.py reads: the sample corpus, from a store to questions."""

import os
import sys
import unittest

sys.path += ["tests/tools/training", "tools/ranker", "tools/training"]
from questions import Questions
from sample_store import SampleStore

PROGRAM = "tools/ranker/ranker_features"


class RankerFeaturesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = SampleStore()

    def setUp(self):
        self.output = os.path.join(os.environ["TEST_TMPDIR"], "features")

    def refused(self, words, status=2, **options):
        got, output, error = self.store.examine(PROGRAM, **{"output": self.output, **options})
        self.assertEqual((got, output), (status, ""))
        self.assertIn("ranker_features: ", error)
        self.assertIn(words, error)

    def test_each_question_is_written_with_its_relevant_documents_and_without(self):
        self.assertEqual(self.store.examine(PROGRAM, output=self.output), (0, "", ""))
        questions = Questions([[self.output]], "")
        asked = ["q" + document for document in self.store.documents for _ in range(2)]
        self.assertEqual(sorted(questions.ids), sorted(asked))
        self.assertEqual(questions.answered.tolist(), [True, False] * len(self.store.documents))
        relevant = (questions.grades > 0).sum(1)
        self.assertTrue((relevant[questions.answered] > 0).all(), "words of a document find it")
        self.assertEqual(relevant[~questions.answered].sum(), 0)
        for answered, unanswered in zip(questions.documents[::2], questions.documents[1::2]):
            self.assertLess(set(unanswered), set(answered))

    def test_features_are_those_of_the_candidates(self):
        self.store.examine(PROGRAM, output=self.output)
        questions = Questions([[self.output]], "")
        self.assertRegex(questions.embedder, "^onnx-384/cls/")
        dense = questions.x[:, :, questions.features.index("dense")]
        self.assertTrue((abs(dense) <= 1.01).all(), "cosines")
        ranks = questions.x[:, :, questions.features.index("fused_rank")][questions.mask]
        self.assertEqual(ranks.min(), 0)

    def test_the_same_store_gives_the_same_bytes(self):
        written = []
        for name in ["first", "second"]:
            self.store.examine(PROGRAM, output=self.output + name)
            with open(self.output + name + ".f32", "rb") as numbers, open(self.output + name + ".jsonl", "rb") as lines:
                written.append(numbers.read() + lines.read())
        self.assertTrue(written[0] == written[1])

    def test_what_is_not_there_is_named(self):
        self.refused("nowhere", config="nowhere")
        self.refused("nowhere", dataset="nowhere")
        self.refused("nowhere", corpus="nowhere")
        self.refused("--output cannot be written", status=1, output="nowhere/features")


if __name__ == "__main__":
    unittest.main()
