#!/usr/bin/env python3
"""What is said of a ranker, against numbers that were reckoned by hand."""

import math
import sys
import unittest

import numpy as np

import made_set

sys.path += ["tools/ranker", "tools/training"]
import measures
from questions import Questions


def questions(*records):
    """Those and one without relevant documents, which comes last."""
    return Questions([[made_set.write(list(records) + [made_set.question("none", [[0, 0, 0]], [0])])]], "")


def of(*grades, **more):
    return made_set.question("q", [[0, 0, 0]] * len(grades), list(grades), **more)


class MeasuresTest(unittest.TestCase):
    def test_a_document_stands_where_its_first_passage_does(self):
        asked = questions(of(0, 1, 1, 2, documents=[5, 6, 6, 7]))
        scores = np.array([[3, 4, 1, 2], [0, 0, 0, 0]])
        self.assertEqual([grades.tolist() for grades in measures.rankings(asked, scores)][0], [1, 0, 2])

    def test_ndcg_gains_by_the_grade_and_loses_by_the_rank(self):
        asked = questions(of(0, 2, 1))
        wanted = (2 / math.log2(3) + 1 / math.log2(4)) / (2 / math.log2(2) + 1 / math.log2(3))
        self.assertAlmostEqual(measures.ndcg(asked, np.array([[3, 2, 1], [0, 0, 0]]))[0], wanted)
        self.assertEqual(measures.ndcg(asked, np.array([[1, 3, 2], [0, 0, 0]])).tolist(), [1, 0])

    def test_what_is_relevant_and_no_candidate_counts_as_missed(self):
        asked = questions(of(1, 0, judged=[1, 1]))
        scores = np.array([[1, 0], [0, 0]])
        self.assertEqual(measures.recall(asked, scores, 100).tolist(), [0.5, 0])
        self.assertAlmostEqual(measures.ndcg(asked, scores)[0], 1 / (1 + 1 / math.log2(3)))

    def test_recall_is_of_the_first(self):
        self.assertEqual(measures.recall(questions(of(1, 0, 1)), np.array([[3, 2, 1], [0, 0, 0]]), 2)[0], 0.5)

    def test_the_first_16_are_of_candidates_alone(self):
        asked = questions(of(*[1] * 20))
        first = measures.top16(asked, np.arange(40).reshape(2, 20), np.arange(2))
        self.assertEqual(np.where(first[0])[0].tolist(), list(range(4, 20)))
        self.assertEqual(first[1].tolist(), [True] + [False] * 19)

    def test_area_under_roc_counts_pairs_and_ties_by_half(self):
        self.assertEqual(measures.area_under_roc(np.array([2, 3]), np.array([0, 1])), 1)
        self.assertEqual(measures.area_under_roc(np.array([1, 1]), np.array([1, 1])), 0.5)
        self.assertEqual(measures.area_under_roc(np.array([0, 2]), np.array([1])), 0.5)

    def test_calibration_error_is_how_far_what_is_said_lies_from_what_is(self):
        is_so = np.arange(100) % 2 == 0
        self.assertAlmostEqual(measures.calibration_error(np.full(100, 0.75), np.zeros(100)), 0.75)
        self.assertAlmostEqual(measures.calibration_error(is_so.astype(float), is_so), 0)

    def test_an_interval_holds_the_mean_and_is_the_same_each_time(self):
        said = measures.interval(np.array([0.0, 1.0] * 50))
        self.assertRegex(said, r"^0\.5000 \(95 % 0\.4\d+ to 0\.[56]\d+\)$")
        self.assertEqual(measures.interval(np.array([0.0, 1.0] * 50)), said)


if __name__ == "__main__":
    unittest.main()
