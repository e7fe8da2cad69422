#!/usr/bin/env python3
"""adapter_examples writes what train.py reads: the sample corpus, from a store to examples."""

import os
import sys
import unittest

sys.path += ["tests/tools/training", "tools/adapter", "tools/training"]
from examples import Examples
from sample_store import SampleStore

PROGRAM = "tools/adapter/adapter_examples"
CLS, SEP = 101, 102


class AdapterExamplesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = SampleStore()

    def setUp(self):
        self.output = os.path.join(os.environ["TEST_TMPDIR"], "examples")

    def refused(self, words, status=2, **options):
        got, output, error = self.store.examine(PROGRAM, **{"output": self.output, **options})
        self.assertEqual((got, output), (status, ""))
        self.assertIn("adapter_examples: ", error)
        self.assertIn(words, error)

    def test_texts_are_tokens_as_the_model_reads_them(self):
        self.assertEqual(self.store.examine(PROGRAM, output=self.output), (0, "", ""))
        examples = Examples(self.output)
        self.assertGreaterEqual(len(examples.passages), len(self.store.documents))
        for text in examples.passages + examples.questions:
            self.assertEqual((text[0], text[-1]), (CLS, SEP))
            self.assertLessEqual(len(text), 64, "max_tokens of the configuration")

    def test_a_question_has_the_passages_that_answer_it_and_some_that_do_not(self):
        self.store.examine(PROGRAM, output=self.output)
        examples = Examples(self.output)
        self.assertEqual(len(examples.questions), len(self.store.documents))
        for question, relevant, misleading in zip(examples.questions, examples.relevant, examples.misleading):
            self.assertFalse(set(relevant) & set(misleading))
            shared = max(len(set(question) & set(examples.passages[passage])) for passage in relevant)
            self.assertGreater(shared, len(set(question)) / 2, "its words are those of the document")

    def test_the_same_store_gives_the_same_bytes(self):
        written = []
        for name in ["first", "second"]:
            self.store.examine(PROGRAM, output=self.output + name)
            with open(self.output + name, "rb") as file:
                written.append(file.read())
        self.assertTrue(written[0] == written[1])

    def test_an_adapter_is_not_trained_on_the_vectors_of_another(self):
        with open(self.store.config) as file:
            text = file.read()
        path = os.path.join(os.environ["TEST_TMPDIR"], "adapted.textproto")
        for field in ["adapter_path", "question_adapter_path"]:
            with open(path, "w") as file:
                file.write(text.replace("embedder {", 'embedder { %s: "a"' % field, 1))
            self.refused("--config: wanted an embedder without an adapter_path", config=path)

    def test_what_is_not_there_is_named(self):
        self.refused("nowhere", config="nowhere")
        self.refused("nowhere", dataset="nowhere")
        self.refused("nowhere", corpus="nowhere")
        self.refused("--output cannot be written", status=1, output="nowhere/examples")


if __name__ == "__main__":
    unittest.main()
