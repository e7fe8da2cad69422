#!/usr/bin/env python3
"""What an adapter of questions learns from: each text as it stands and behind the prefix."""

import sys
import unittest

import numpy as np

sys.path += ["tools/adapter", "tools/training"]
from bad_input import BadInput
from questions import LENGTHS, TOKENS_PER_BATCH, Questions

CLS, SEP = 101, 102


def tokenizer(text):
    """A number stands for a token."""
    return [CLS] + [int(word) for word in text.split()] + [SEP]


def numbers(first, count):
    return " ".join(str(first + i) for i in range(count))


class QuestionsTest(unittest.TestCase):
    def batch(self, *sets, seed=0):
        return Questions(tokenizer, "7 8 ", sets).batch(np.random.default_rng(seed))

    def test_a_text_is_given_as_it_stands_and_behind_the_prefix(self):
        batch = self.batch(["1 2"])
        for part, text in [("plain", [CLS, 1, 2, SEP]), ("prefixed", [CLS, 7, 8, 1, 2, SEP])]:
            ids, counts = batch[part]
            self.assertEqual(len(ids), TOKENS_PER_BATCH // LENGTHS[0])
            self.assertEqual(ids[0][:len(text)].tolist(), text)
            self.assertEqual(set(counts.tolist()), {len(text)})

    def test_a_batch_is_of_texts_of_one_length_and_of_as_many_tokens_as_others(self):
        texts = [numbers(1000 * length, length - 2) for length in LENGTHS]
        seen = set()
        for seed in range(60):
            ids, counts = self.batch(texts, seed=seed)["plain"]
            self.assertEqual(set(counts.tolist()), {ids.shape[1]})
            self.assertEqual(ids.size, TOKENS_PER_BATCH)
            seen.add(ids.shape[1])
        self.assertEqual(seen, set(LENGTHS))

    def test_a_text_that_is_too_long_is_cut_before_its_end(self):
        longest = LENGTHS[-1]
        batch = self.batch([numbers(1000, 500)])
        self.assertEqual(batch["plain"][0][0].tolist(), [CLS] + list(range(1000, 1000 + longest - 2)) + [SEP])
        self.assertEqual(batch["prefixed"][1][0], longest + 2)

    def test_each_set_has_a_part_whatever_its_size(self):
        first = [self.batch(["1"] * 1000, ["2"], seed=seed)["plain"][0][0][1] for seed in range(20)]
        self.assertEqual(set(first), {1, 2})

    def test_the_same_seed_gives_the_same_batch(self):
        sets = ["1 2", "3"], ["4"]
        np.testing.assert_array_equal(self.batch(*sets)["plain"][0], self.batch(*sets)["plain"][0])

    def test_a_tokenizer_that_puts_texts_together_otherwise_is_refused(self):
        def without_ends(text):
            return [int(word) for word in text.split()]

        def joining(text):
            return tokenizer("9") if text.startswith("7 8") and text != "7 8" else tokenizer(text)

        for other in [without_ends, joining]:
            with self.assertRaises(BadInput) as raised:
                Questions(other, "7 8 ", [["1 2"]])
            self.assertIn("wanted a tokenizer that puts a token before", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
