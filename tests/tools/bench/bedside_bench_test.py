#!/usr/bin/env python3
"""bedside_bench: its help, what it refuses before it starts anything, and one small run of it with the real model."""

import json
import os
import subprocess
import sys
import unittest

sys.path.append("tests/tools")
import sample_dataset


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/bedside_bench",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class BedsideBenchTest(unittest.TestCase):
    def test_help_is_an_answer_and_names_every_option(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertTrue(output.startswith("usage: tools/bench/run --dataset=DIR"))
        for option in ["dataset", "sections", "output", "config", "work", "pairs", "limit_queries", "clients",
                       "peer_python", "peer_script", "peer_runtimes", "documents", "index_passages"]:
            self.assertIn("  --" + option, output)

    def test_help_fits_a_terminal(self):
        self.assertLessEqual(max(len(line) for line in run("--help")[1].splitlines()), 80)

    def test_what_is_wrong_with_an_option_is_said(self):
        for arguments, words in [((), "--dataset is required"), (("folder",), "folder is no option"),
                                 (("--dataset=x", "--sections=answers"), "--sections: wanted some of"),
                                 (("--dataset=x", "--peer_runtimes=tf"), "--peer_runtimes: wanted"),
                                 (("--dataset=x", "--pairs=0"), "--pairs: wanted 1 or more"),
                                 (("--dataset=x", "--documents=0"), "--documents: wanted 1 or more"),
                                 (("--dataset=x", "--config=/no/such/file"), "/no/such/file")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""))
            self.assertIn(words, error)

    # The section "indexes" runs whatever is built, at its full size: index_section_test.
    def test_a_run_measures_every_goal_and_writes_what_it_did(self):
        folder = os.environ["TEST_TMPDIR"]
        dataset, work, result = folder + "/dataset", folder + "/work", folder + "/bench.json"
        sample_dataset.make(dataset)
        model = os.path.abspath("external/bge_small_en")
        sample_dataset.write(folder + "/config.textproto", ['index {{ embedder {{ model_path: "{}" }} }}'.format(model)])
        status, output, error = run("--dataset=" + dataset, "--work=" + work, "--output=" + result, "--pairs=1",
                                    "--clients=2", "--documents=5", "--peer_python=none", "--commit=abc",
                                    "--sections=search,scale",
                                    "--config=" + folder + "/config.textproto")
        self.assertEqual(status, 0, error)
        with open(result, encoding="utf-8") as file:
            report = json.load(file)
        wanted = ["a repeated query", "reindex of an unchanged", "ingest of an unchanged", "search without the encoder",
                  "ten times the passages", "resident", "peak of a swap"]
        for words in wanted:
            self.assertIn(words, output)
            self.assertEqual(len([goal for goal in report["goals"] if words in goal["what"]]) > 0, True, words)
        self.assertEqual(report["commit"], "abc")
        self.assertGreaterEqual(report["machine"]["cores"], 1)
        self.assertTrue(any("bedside_ingest" in command for command in report["commands"]))
        self.assertGreater(report["results"]["search"][0]["bedside"]["server"]["one_client"]["qps"], 0)
        self.assertGreaterEqual(report["results"]["scale"]["large"]["build"]["passages"], 50)

    def test_a_dataset_that_is_not_there_ends_it(self):
        status, output, error = run("--dataset=/no/such/folder", "--sections=scale", "--peer_python=none",
                                    "--work=" + os.environ["TEST_TMPDIR"] + "/missing")
        self.assertEqual(output, "")
        self.assertEqual(status, 1)
        self.assertIn("synthetic_store ended with exit status 2", error)


if __name__ == "__main__":
    unittest.main()
