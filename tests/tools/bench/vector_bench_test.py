#!/usr/bin/env python3
"""vector_bench: what it prints, and what it refuses."""

import json
import os
import subprocess
import unittest

SMALL = ("--passages=2000", "--questions=10", "--checked=5")


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/vector_bench",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class VectorBenchTest(unittest.TestCase):
    def test_prints_one_json_object_on_one_line_which_is_what_bedside_bench_reads(self):
        for variant, name in [("flat", "flat"), ("hnsw", "hnsw16-sq8")]:
            status, output, error = run("--variant=" + variant, *SMALL)
            self.assertEqual((status, error), (0, ""))
            self.assertEqual(output.count("\n"), 1)
            report = json.loads(output)
            self.assertEqual((report["passages"], report["variant"]), (2000, name))
            self.assertGreater(len(report["searches"]), 0)

    def test_an_index_that_is_kept_is_of_the_same_passages(self):
        kept = "--index=" + os.environ["TEST_TMPDIR"] + "/index"
        self.assertEqual([run(kept, *SMALL)[0] for _ in range(2)], [0, 0])
        status, output, error = run(*(SMALL + (kept, "--passages=3000")))
        self.assertEqual((status, output), (1, ""))
        self.assertIn("--index: wanted 3000 passages, the file has 2000", error)

    def test_what_cannot_be_measured_is_refused(self):
        for option, words in [("--variant=tree", "--variant: wanted flat, hnsw or nothing"),
                              ("--links=1", "hnsw_links is 1"), ("--k=10", "--k: wanted 100 or more, got 10"),
                              ("--k=many", "--k: wanted 100 or more, got many"), ("--passages=0", "--passages: wanted"),
                              ("--filters=0", "--filters: wanted"), ("--questions=0", "--questions: wanted")]:
            status, output, error = run(*(SMALL + (option,)))
            self.assertEqual((status, output), (1, ""))
            self.assertIn(words, error)


if __name__ == "__main__":
    unittest.main()
