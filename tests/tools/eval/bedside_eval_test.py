#!/usr/bin/env python3
"""bedside_eval: its help, what it refuses before it starts anything, and what it makes of results that it is given."""

import json
import os
import subprocess
import tempfile
import unittest


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/eval/bedside_eval",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


def question(number, value):
    """A question's result, every metric of which is `value`."""
    return {"id": "q%d" % number, "ndcg@10": value, "recall@10": value, "recall@100": value, "mrr": value,
            "latency_ms": 5, "stages": {"lexical": value / 2, "final": value}, "passages": [[1, 0.75], [0, 0.25]]}


def runs_file(values, dataset="x"):
    """A path of what --json writes."""
    made = {"dataset": dataset, "documents": 1, "passages": 1, "page_size": 100, "ingest_seconds": 1,
            "unjudged_questions": 0, "missing_documents": 0, "questions": [question(*numbered) for numbered in enumerate(values)]}
    path = os.path.join(tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"]), "runs.json")
    with open(path, "w") as file:
        json.dump({"written_by": "bedside_eval 1", "runs": [made]}, file)
    return path


class BedsideEvalTest(unittest.TestCase):
    def test_help_is_an_answer_and_names_every_option(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertTrue(output.startswith("usage: bedside_eval --dataset=PATH"))
        for option in ["dataset", "store", "config", "bin_dir", "limit_queries", "page_size", "json", "results", "with",
                       "report", "compare", "gate", "gate_level", "perturb", "seed", "growth", "address", "help"]:
            self.assertIn("  --" + option, output)

    def test_help_fits_a_terminal(self):
        self.assertLessEqual(max(len(line) for line in run("--help")[1].splitlines()), 80)

    def test_what_is_wrong_with_an_option_is_said(self):
        for arguments, words in [((), "--dataset is required"), (("folder",), "folder is no option"),
                                 (("--dataset=x", "--page_size=99"), "--page_size: wanted 100 to 1000"),
                                 (("--dataset=x", "--growth=yes"), "--growth: takes no value"),
                                 (("--results=x", "--growth"), "--growth ingests shares"),
                                 (("--dataset=nowhere",), "nowhere does not exist"),
                                 (("--results=nowhere",), "nowhere cannot be opened"),
                                 (("--dataset=x", "--gate=nowhere"), "nowhere cannot be opened"),
                                 (("--dataset=x", "--compare=nowhere"), "nowhere cannot be opened")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(words, error)

    def test_questions_alone_need_a_server_or_a_store(self):
        path = os.path.join(tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"]), "site.jsonl")
        with open(path, "w") as file:
            file.write('{"question": "secret", "relevant": ["d"]}\n')
        status, output, error = run("--dataset=" + path)
        self.assertEqual((status, output), (2, ""))
        self.assertIn("say with --address which server", error)
        self.assertNotIn("secret", error)

    def test_the_gate_passes_what_stayed_and_fails_what_fell(self):
        before = runs_file([0.5] * 40)
        status, output, _ = run("--results=" + runs_file([0.5] * 40), "--gate=" + before)
        self.assertEqual(status, 0)
        self.assertIn("gate: passed", output)
        status, output, error = run("--results=" + runs_file([0.4] * 40), "--gate=" + before)
        self.assertEqual((status, error), (3, ""))
        self.assertIn("gate: FAILED: x: ndcg@10 fell by 0.1000", output)

    def test_the_gate_refuses_other_questions(self):
        status, _, error = run("--results=" + runs_file([0.5] * 3), "--gate=" + runs_file([0.5] * 4))
        self.assertEqual(status, 2)
        self.assertIn("other questions than before", error)

    def test_a_comparison_is_printed(self):
        status, output, _ = run("--results=" + runs_file([0.5] * 9), "--compare=" + runs_file([0.25] * 9))
        self.assertEqual(status, 0)
        self.assertIn("ndcg@10      +0.2500", output)

    def test_a_report_has_a_column_for_each_file(self):
        page = runs_file([0.5]) + ".html"
        self.assertEqual(run("--results=" + runs_file([0.5, 1]), "--with=" + runs_file([0.25, 1]), "--report=" + page)[0], 0)
        with open(page) as file:
            self.assertIn("Settings side by side", file.read())
        self.assertEqual(run("--results=" + runs_file([0.5]), "--with=nowhere", "--report=" + page)[0], 2)

    def test_results_are_written_again_as_they_were_read(self):
        first = runs_file([0.5, 1])
        second, third = first + ".2", first + ".3"
        self.assertEqual(run("--results=" + first, "--json=" + second)[0], 0)
        self.assertEqual(run("--results=" + second, "--json=" + third)[0], 0)
        with open(second) as two, open(third) as three:
            self.assertEqual(two.read(), three.read())


if __name__ == "__main__":
    unittest.main()
