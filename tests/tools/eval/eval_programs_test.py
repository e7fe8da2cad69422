#!/usr/bin/env python3
"""grounding_eval and answer_eval: their help, and what they refuse before they measure anything."""

import re
import subprocess
import unittest


def run(program, *arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/eval/" + program,) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


OPTIONS = {
    "grounding_eval": ["bioasq", "pubmedqa", "guidelines", "model", "half", "seed", "cases", "show", "json", "report"],
    "answer_eval": ["bioasq", "outside", "medical", "half", "config", "store", "bin_dir", "questions", "coverage_questions",
                    "print", "json", "report"],
}


class EvalProgramsTest(unittest.TestCase):
    def test_help_names_every_option(self):
        for program, options in OPTIONS.items():
            output = run(program, "--help")[1]
            self.assertEqual(sorted(re.findall(r"^    --(\w+)", output, re.MULTILINE)), sorted(options))
            self.assertIn("with 95 % intervals beside the goals", " ".join(output.split()))

    def test_a_half_that_is_none_is_refused(self):
        for program in OPTIONS:
            status, output, error = run(program, "--half=third")
            self.assertEqual((status, output), (2, ""))
            self.assertIn("--half: wanted development or reported", error)

    def test_without_answers_there_is_nothing_to_check(self):
        status, output, error = run("grounding_eval")
        self.assertEqual((status, output), (2, ""))
        self.assertIn("name answers with --bioasq, --pubmedqa or --guidelines", error)

    def test_a_folder_that_is_not_there_is_named(self):
        status, output, error = run("grounding_eval", "--bioasq=nowhere")
        self.assertEqual((status, output), (2, ""))
        self.assertIn("nowhere", error)

    def test_a_store_is_needed(self):
        status, output, error = run("answer_eval")
        self.assertEqual((status, output), (2, ""))
        self.assertIn("--store: name a folder that exists", error)


if __name__ == "__main__":
    unittest.main()
