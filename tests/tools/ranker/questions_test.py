#!/usr/bin/env python3
"""What a ranker is trained on: how sets and folds come together, and files that are refused."""

import os
import sys
import unittest

import numpy as np

import made_set

sys.path += ["tools/ranker", "tools/training"]
from bad_input import BadInput
from folds import FOLDS, fold_of
from questions import Questions


def rewrite(path, change):
    """Gives the bytes of a file to `change` and writes what it returns."""
    with open(path, "rb") as file:
        before = file.read()
    with open(path, "wb") as file:
        file.write(change(before))


class QuestionsTest(unittest.TestCase):
    def refused(self, words, *paths, embedder=""):
        with self.assertRaises(BadInput) as raised:
            Questions([path.split(",") for path in paths], embedder)
        self.assertIn(words, str(raised.exception))

    def test_candidates_are_padded_and_masked(self):
        path = made_set.write([made_set.question("a", [[1, 2, 3]], [2]),
                               made_set.question("a", [[4, 5, 6], [7, 8, 9]], [0, 0])])
        questions = Questions([[path]], "")
        self.assertEqual(questions.x.tolist(), [[[1, 2, 3], [0, 0, 0]], [[4, 5, 6], [7, 8, 9]]])
        self.assertEqual(questions.grades.tolist(), [[2, 0], [0, 0]])
        self.assertEqual(questions.mask.tolist(), [[True, False], [True, True]])
        self.assertEqual(questions.answered.tolist(), [True, False])

    def test_sets_keep_their_questions_apart(self):
        paths = [made_set.write(made_set.decided_by("dense", count, seed)) for seed, count in [(1, 2), (2, 3)]]
        questions = Questions([[path] for path in paths], "")
        self.assertEqual(questions.set_of.tolist(), [0] * 4 + [1] * 6)
        self.assertEqual(questions.ids[4], "2-0")

    def test_of_features_by_folds_each_gives_its_own_questions(self):
        """By number `k` of five, all features are k: a question has those of the fold that it is in."""
        paths = []
        for fold in range(FOLDS):
            records = [record for record, _ in made_set.decided_by("dense", 40)]
            paths.append(made_set.write((record, np.full((4, 3), fold, np.float32)) for record in records))
        questions = Questions([paths], "")
        self.assertEqual(len(questions.ids), 80)
        for identity, x in zip(questions.ids, questions.x):
            self.assertTrue((x == fold_of(identity)).all())

    def test_embedders_may_differ_where_the_one_that_serves_is_named(self):
        paths = [made_set.write(made_set.decided_by("dense", 1), embedder=embedder) for embedder in ["e", "f"]]
        self.refused("by another embedder than those before", *paths)
        self.assertEqual(Questions([[path] for path in paths], "g").embedder, "g")

    def test_features_must_be_the_same(self):
        first = made_set.write(made_set.decided_by("dense", 1))
        self.refused("other features than those before", first,
                     made_set.write(made_set.decided_by("dense", 1), features=["fused", "dense", "other"]))

    def test_a_file_that_is_not_there_is_named(self):
        self.refused("nowhere/set.jsonl: wanted a file that can be read, got: No such file", "nowhere/set")
        path = made_set.write(made_set.decided_by("dense", 1))
        os.remove(path + ".f32")
        self.refused("set.f32: wanted a file that can be read, got: No such file", path)

    def test_numbers_must_be_those_of_the_candidates(self):
        for change, got in [(lambda data: data[:-4], 23), (lambda data: data + b"1234", 25), (lambda data: b"", 0)]:
            path = made_set.write(made_set.decided_by("dense", 1))
            rewrite(path + ".f32", change)
            self.refused("set.f32: wanted 24 numbers, 3 features of 8 candidates, got %d" % got, path)

    def test_a_broken_line_is_named_and_not_repeated(self):
        path = made_set.write(made_set.decided_by("dense", 1))
        rewrite(path + ".jsonl", lambda data: data[:-10])
        self.refused("set.jsonl, line 3: wanted a JSON object, got what ends or breaks at character", path)
        path = made_set.write(made_set.decided_by("dense", 1))
        rewrite(path + ".jsonl", lambda data: data.replace(b"grades", b"marks"))
        self.refused("set.jsonl, line 2: wanted an object with embedder, features, or with id, documents, grades, judged, "
                     "got one without grades", path)

    def test_the_first_line_names_embedder_and_features_and_no_other_does(self):
        path = made_set.write(made_set.decided_by("dense", 1))
        rewrite(path + ".jsonl", lambda data: data[data.index(b"\n") + 1:])
        self.refused("set.jsonl: wanted a first line with embedder, features, got none", path)
        path = made_set.write(made_set.decided_by("dense", 1))
        rewrite(path + ".jsonl", lambda data: data + data[:data.index(b"\n") + 1])
        self.refused("set.jsonl: wanted one line with embedder, features, got several", path)

    def test_every_document_has_a_grade(self):
        self.refused("set.jsonl, line 2: wanted a grade a document, got 2 of 1",
                     made_set.write([made_set.question("a", [[1, 2, 3]], [1, 0], documents=[7])]))

    def test_a_set_without_questions_is_refused(self):
        path = made_set.write([])
        self.refused("set: wanted questions with relevant candidates, and questions without their relevant documents, "
                     "got 0 and 0", path)
        rewrite(path + ".jsonl", lambda data: b"")
        self.refused("set.jsonl: wanted a first line", path)

    def test_a_set_of_another_store_has_nothing_relevant(self):
        self.refused("got 0 and 1; was it made of a store of the same set?",
                     made_set.write([made_set.question("a", [[1, 2, 3]], [0], judged=[1]),
                                     made_set.question("a", [[1, 2, 3]], [0])]))


if __name__ == "__main__":
    unittest.main()
