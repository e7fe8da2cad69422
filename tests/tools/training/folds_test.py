#!/usr/bin/env python3
"""Folds of questions."""

import collections
import sys
import unittest

sys.path.append("tools/training")
from folds import FOLDS, fold_of


class FoldsTest(unittest.TestCase):
    def test_a_question_is_always_in_the_same_fold(self):
        """As the shipped files were made with: sha256 as a number, modulo 5."""
        self.assertEqual([fold_of(identity) for identity in ["", "a", "q1", "55031181e9bde69634000014"]], [4, 4, 3, 2])

    def test_folds_are_of_about_one_size(self):
        counts = collections.Counter(fold_of("q%d" % number) for number in range(5000))
        self.assertEqual(sorted(counts), list(range(FOLDS)))
        self.assertTrue(all(900 < count < 1100 for count in counts.values()), counts)


if __name__ == "__main__":
    unittest.main()
