#!/usr/bin/env python3
"""bedside_eval: its help, and what it refuses before it starts anything."""

import subprocess
import unittest


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/eval/bedside_eval",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class BedsideEvalTest(unittest.TestCase):
    def test_help_is_an_answer_and_names_every_option(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertTrue(output.startswith("usage: bedside_eval --dataset=DIR"))
        for option in ["dataset", "store", "config", "bin_dir", "limit_queries", "page_size", "json"]:
            self.assertIn("  --" + option, output)
        self.assertNotIn("bedside_eval.cc", output)

    def test_help_fits_a_terminal(self):
        self.assertLessEqual(max(len(line) for line in run("--help")[1].splitlines()), 80)

    def test_what_is_wrong_with_an_option_is_said(self):
        for arguments, words in [((), "--dataset is required"), (("folder",), "folder is no option"),
                                 (("--dataset=x", "--page_size=99"), "--page_size: wanted 100 to 1000")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(words, error)


if __name__ == "__main__":
    unittest.main()
