#!/usr/bin/env python3
"""lexical_bench: what it prints, and what it refuses."""

import json
import subprocess
import unittest


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/lexical_bench",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class LexicalBenchTest(unittest.TestCase):
    def test_prints_one_json_object_with_every_setting(self):
        status, output, error = run("--passages=3000", "--queries=10", "--checked=3")
        self.assertEqual((status, error), (0, ""))
        self.assertEqual(output.count("\n"), 1, "bedside_bench reads one line")
        report = json.loads(output)
        self.assertEqual(report["passages"], 3000)
        for size in ["bytes", "terms", "postings", "build_seconds", "open_seconds"]:
            self.assertGreater(report[size], 0)
        searches = report["searches"]
        self.assertEqual([(search["k"], search["allowed"]) for search in searches],
                         [(100, 1), (100, 0.5), (100, 0.1), (100, 0.01), (100, 0.001), (1000, 1), (1000, 0.1),
                          (1000, 0.01)])
        for search in searches:
            self.assertEqual((search["compared"], search["differing"]), (3, 0))
            self.assertLessEqual(search["p50_ms"], search["p99_ms"])

    def test_help_is_an_answer(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertTrue(output.startswith("usage: lexical_bench"))
        self.assertLessEqual(max(len(line) for line in output.splitlines()), 80)

    def test_counts_of_none_are_refused(self):
        for option in ["--passages=0", "--queries=0", "--checked=-1"]:
            status, output, error = run(option)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(option.split("=")[0] + ": wanted", error)


if __name__ == "__main__":
    unittest.main()
