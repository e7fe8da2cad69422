#!/usr/bin/env python3
"""tools/adapter/train.py: its help, and what it refuses with the exit status 2 before it trains anything. What it learns:
trained_adapter_test."""

import json
import os
import subprocess
import sys
import unittest


def run(*arguments, **environment):
    """The exit status, standard output and standard error."""
    done = subprocess.run([sys.executable, "tools/adapter/train.py"] + list(arguments), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, universal_newlines=True, env=dict(os.environ, **environment))
    return done.returncode, done.stdout, done.stderr


class TrainTest(unittest.TestCase):
    def setUp(self):
        self.adapter = os.path.join(os.environ["TEST_TMPDIR"], "model.adapter")
        self.examples = os.path.join(os.environ["TEST_TMPDIR"], "examples")
        with open(self.examples, "w") as file:
            for line in [{"passage": [1]}, {"passage": [2]},
                         {"id": "a", "question": [3], "relevant": [0], "misleading": [1]}]:
                file.write(json.dumps(line) + "\n")

    def refused(self, words, *arguments, **environment):
        status, output, error = run(*arguments, **environment)
        self.assertEqual((status, output), (2, ""))
        self.assertIn(words, error)
        self.assertNotIn("Traceback", error)
        self.assertFalse(os.path.exists(self.adapter))

    def test_help_names_every_option(self):
        status, output, _ = run("--help")
        self.assertEqual(status, 0)
        for word in ["--leave_out EXAMPLES", "--fold N", "--steps N", "--heads N", "MODEL_FOLDER", "ADAPTER",
                     "jax, onnx and the protobuf-compiler"]:
            self.assertIn(word, output)

    def test_options_out_of_range_are_refused(self):
        for option, words in [("--fold=5", "--fold: wanted 0 to 4, got 5"), ("--fold=-1", "--fold: wanted 0 to 4, got -1"),
                              ("--steps=0", "--steps: wanted 1 or more, got 0"),
                              ("--leave_out=other", "--leave_out: wanted some of EXAMPLES"),
                              ("--leave_out=" + self.examples, "and not all"), ("--steps=x", "invalid int value")]:
            self.refused(words, option, "folder", self.adapter, self.examples)

    def test_a_fold_is_of_the_first_set_which_must_take_part(self):
        self.refused("--fold is of the first set", "--fold=1", "--leave_out=" + self.examples, "folder", self.adapter,
                     self.examples, "other")

    def test_arguments_that_are_missing_are_named(self):
        self.refused("required: MODEL_FOLDER, ADAPTER, EXAMPLES")

    def test_examples_that_are_not_there_are_named(self):
        self.refused("train.py: nowhere: wanted a file that can be read, got: No such file", "folder", self.adapter,
                     "nowhere")

    def test_an_adapter_that_cannot_be_written_is_said_before_training(self):
        self.refused("nowhere/adapter: wanted a file to write", "folder", "nowhere/adapter", self.examples)

    def test_a_missing_protoc_is_said_before_training(self):
        self.refused("wanted a protoc on the PATH, got none; install protobuf-compiler", "folder", self.adapter,
                     self.examples, PATH="/nowhere")

    def test_without_jax_it_says_what_to_install(self):
        with open(os.path.join(os.environ["TEST_TMPDIR"], "jax.py"), "w") as file:
            file.write('raise ModuleNotFoundError(name="jax")\n')
        self.refused("wanted jax and onnx for Python, got no module jax; install both with pip", "folder", self.adapter,
                     self.examples, PYTHONPATH=os.environ["TEST_TMPDIR"])


if __name__ == "__main__":
    unittest.main()
