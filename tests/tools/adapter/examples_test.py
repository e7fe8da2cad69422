#!/usr/bin/env python3
"""What an adapter is trained on: which questions of a set, what is in a batch, and files that are refused."""

import json
import os
import sys
import tempfile
import unittest

import numpy as np

sys.path += ["tools/adapter", "tools/training"]
from bad_input import BadInput
from examples import MISLEADING, PASSAGE_TOKENS, QUESTION_TOKENS, QUESTIONS, Examples, pad
from folds import FOLDS

PASSAGES = [{"passage": [101, 7 + number, 102]} for number in range(4)]


def question(identity, relevant, misleading):
    return {"id": identity, "question": [101, 5, 102], "relevant": relevant, "misleading": misleading}


def write(lines):
    path = os.path.join(tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"]), "examples")
    with open(path, "w") as file:
        file.writelines(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
    return path


class ExamplesTest(unittest.TestCase):
    def refused(self, words, path):
        with self.assertRaises(BadInput) as raised:
            Examples(path)
        self.assertIn(words, str(raised.exception))

    def test_passages_keep_their_order_since_questions_name_them_by_it(self):
        examples = Examples(write(PASSAGES + [question("a", [2], [0, 3])]))
        self.assertEqual(examples.passages[2], [101, 9, 102])
        self.assertEqual((examples.relevant, examples.misleading), ([[2]], [[0, 3]]))

    def test_a_question_without_relevant_or_misleading_passages_teaches_nothing(self):
        examples = Examples(write(PASSAGES + [question("a", [2], []), question("b", [], [1]), question("c", [1], [2])]))
        self.assertEqual(examples.relevant, [[1]])

    def test_each_question_is_left_out_with_one_fold_and_trained_on_with_the_others(self):
        path = write(PASSAGES + [question("q%d" % number, [number % 4], [(number + 1) % 4]) for number in range(50)])
        everything = len(Examples(path).questions)
        trained = [len(Examples(path, fold).questions) for fold in range(FOLDS)]
        self.assertEqual(everything, 50)
        self.assertTrue(all(0 < count < 50 for count in trained))
        self.assertEqual(sum(50 - count for count in trained), 50)

    def test_a_file_that_is_not_there_is_named(self):
        self.refused("nowhere: wanted a file that can be read, got: No such file", "nowhere")

    def test_a_set_without_questions_is_refused(self):
        for lines in [[], PASSAGES, PASSAGES + [question("a", [], [1])]]:
            self.refused("examples: wanted questions with relevant and misleading passages, got none", write(lines))

    def test_a_line_that_is_cut_off_is_named_and_not_repeated(self):
        self.refused("examples, line 5: wanted a JSON object, got what ends or breaks at character",
                     write(PASSAGES + [json.dumps(question("secret", [1], [2]))[:-3]]))
        try:
            Examples(write(['{"secret": 1}\n']))
        except BadInput as problem:
            self.assertNotIn("secret", str(problem))

    def test_a_line_that_is_neither_passage_nor_question_is_named(self):
        for line in ["[1]\n", "7\n", "{}\n"]:
            self.refused("examples, line 1: wanted an object with passage, or with id, question, relevant, misleading, "
                         "got one without passage", write([line]))

    def test_passages_that_a_question_names_must_be_there(self):
        self.refused("examples: wanted the passages that its questions name, 8 or more, got 4",
                     write(PASSAGES + [question("a", [1], [7])]))


class BatchTest(unittest.TestCase):
    def setUp(self):
        self.examples = Examples(write(PASSAGES + [question("a", [0, 1], [2, 3]), question("b", [2], [0, 3])]))
        self.batch = self.examples.batch(np.random.default_rng(0))

    def passage_numbers(self):
        """Of the passages of the batch: their second token tells."""
        return self.batch["passage"][0][:, 1] - 7

    def test_a_batch_is_of_questions_with_a_relevant_passage_and_misleading_ones_each(self):
        self.assertEqual(self.batch["question"][0].shape, (QUESTIONS, QUESTION_TOKENS))
        self.assertEqual(self.batch["passage"][0].shape, (QUESTIONS * (1 + MISLEADING), PASSAGE_TOKENS))
        numbers = self.passage_numbers().reshape(QUESTIONS, 1 + MISLEADING)
        for relevant, *misleading in numbers:
            self.assertIn(relevant, (0, 1, 2))
            self.assertLessEqual(set(misleading), {0, 3} if relevant == 2 else {2, 3})

    def test_what_else_answers_a_question_is_not_held_against_it(self):
        numbers, own = self.passage_numbers(), self.batch["own"]
        for row, known in enumerate(self.batch["known"]):
            answers = {0, 1} if numbers[own[row]] < 2 else {2}
            wanted = [number in answers and place != own[row] for place, number in enumerate(numbers)]
            self.assertEqual(known.tolist(), wanted)

    def test_the_same_seed_gives_the_same_batch(self):
        again = self.examples.batch(np.random.default_rng(0))
        np.testing.assert_array_equal(again["passage"][0], self.batch["passage"][0])

    def test_texts_are_cut_and_padded_to_one_length(self):
        ids, counts = pad([[1, 2, 3], [4], []], 2)
        self.assertEqual((ids.tolist(), counts.tolist()), ([[1, 2], [4, 0], [0, 0]], [2, 1, 0]))


if __name__ == "__main__":
    unittest.main()
