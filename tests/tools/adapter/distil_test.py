#!/usr/bin/env python3
"""tools/adapter/distil.py: its help, and what it refuses with the exit status 2 before it trains anything. What it
learns: trained_adapter_test."""

import os
import subprocess
import sys
import unittest


class DistilTest(unittest.TestCase):
    def setUp(self):
        self.folder = os.environ["TEST_TMPDIR"]
        self.adapter = os.path.join(self.folder, "model.question_adapter")

    def run_program(self, *arguments, **environment):
        """The exit status, standard output and standard error."""
        done = subprocess.run([sys.executable, "tools/adapter/distil.py"] + list(arguments), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True, env=dict(os.environ, **environment))
        return done.returncode, done.stdout, done.stderr

    def refused(self, words, *arguments, **environment):
        status, output, error = self.run_program(*arguments, **environment)
        self.assertEqual((status, output), (2, ""))
        self.assertIn(words, error)
        self.assertNotIn("Traceback", error)
        self.assertFalse(os.path.exists(self.adapter))

    def texts(self, content, name="texts"):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(content)
        return path

    def test_help_names_every_option(self):
        status, output, _ = self.run_program("--help")
        self.assertEqual(status, 0)
        for word in ["--query_prefix TEXT", "--steps N", "--heads N", "MODEL_FOLDER", "ADAPTER", "QUESTION_ADAPTER",
                     "TEXTS", "jax, onnx and tokenizers"]:
            self.assertIn(word, output)

    def test_options_out_of_range_are_refused(self):
        for option, words in [("--steps=0", "--steps: wanted 1 or more, got 0"), ("--steps=x", "invalid int value"),
                              ("--query_prefix=", "--query_prefix: wanted what is put before a question, got nothing")]:
            self.refused(words, option, "folder", "adapter", self.adapter, self.texts("a question\n"))

    def test_arguments_that_are_missing_are_named(self):
        self.refused("required: MODEL_FOLDER, ADAPTER, QUESTION_ADAPTER, TEXTS")

    def test_texts_that_are_not_there_are_named(self):
        self.refused("distil.py: nowhere: wanted a file that can be read", "folder", "adapter", self.adapter, "nowhere")
        self.refused("texts: wanted a text a line, got none", "folder", "adapter", self.adapter, self.texts(" \n"))

    def test_the_adapter_that_is_learned_from_must_be_there_and_stay(self):
        texts = self.texts("a question\n")
        self.refused("distil.py: nowhere: wanted a file that can be read", "folder", "nowhere", self.adapter, texts)
        self.refused("QUESTION_ADAPTER: wanted another file than ADAPTER, got the same", "folder", self.adapter,
                     self.adapter, texts)

    def test_a_file_that_cannot_be_written_is_said_before_training(self):
        self.refused("nowhere/adapter: wanted a file to write", "folder", "adapter", "nowhere/adapter",
                     self.texts("a question\n"))

    def test_without_jax_it_says_what_to_install(self):
        with open(os.path.join(self.folder, "jax.py"), "w") as file:
            file.write('raise ModuleNotFoundError(name="jax")\n')
        self.refused("wanted jax, onnx and tokenizers for Python, got no module jax; install them with pip", "folder",
                     self.texts("of another adapter\n", "adapter"), self.adapter, self.texts("a question\n"),
                     PYTHONPATH=self.folder)


if __name__ == "__main__":
    unittest.main()
