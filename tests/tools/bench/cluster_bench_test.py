#!/usr/bin/env python3
"""cluster_bench: its help, what it refuses before it starts anything, and one small run with a real model and node."""

import json
import os
import subprocess
import sys
import unittest

sys.path.append("tests/tools")
import sample_dataset


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/cluster_bench",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class ClusterBenchTest(unittest.TestCase):
    def test_help_is_an_answer_and_names_every_option(self):
        status, output, error = run("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertTrue(output.startswith("usage: tools/bench/run --scale --dataset=DIR"))
        for option in ["dataset", "config", "documents", "nodes", "servers", "replicas", "heap", "clients",
                       "limit_queries", "output", "work"]:
            self.assertIn("  --" + option, output)
        self.assertLessEqual(max(len(line) for line in output.splitlines()), 80)

    def test_what_is_wrong_with_an_option_is_said(self):
        for arguments, words in [((), "--dataset is required"), (("folder",), "folder is no option"),
                                 (("--dataset=x", "--nodes=0"), '--nodes: wanted numbers from 1, got "0"'),
                                 (("--dataset=x", "--servers=1,two"), '--servers: wanted numbers from 1, got "two"'),
                                 (("--dataset=x", "--documents="), "--documents: wanted numbers from 1, got none"),
                                 (("--dataset=x", "--nodes=3,1", "--replicas=1"), "have no place on 1 nodes"),
                                 (("--dataset=x", "--replicas=-1"), "--replicas: wanted 0 or more"),
                                 (("--dataset=x", "--clients=0"), "--clients: wanted 1 or more"),
                                 (("--dataset=x", "--limit_queries=0"), "--limit_queries: wanted 1 or more"),
                                 (("--dataset=/no/such/folder",), "/no/such/folder"),
                                 (("--dataset=x", "--config=/no/such/file"), "/no/such/file")]:
            status, output, error = run(*arguments)
            self.assertEqual((status, output), (2, ""), words)
            self.assertIn(words, error)

    def test_both_engines_are_measured(self):
        folder = os.environ["TEST_TMPDIR"]
        dataset, result = folder + "/dataset", folder + "/scale.json"
        sample_dataset.make(dataset)
        model = os.path.abspath("external/bge_small_en")
        sample_dataset.write(folder + "/config.textproto", ['index {{ embedder {{ model_path: "{}" }} }}'.format(model)])
        status, output, error = run("--dataset=" + dataset, "--config=" + folder + "/config.textproto",
                                    "--work=" + folder + "/work", "--output=" + result, "--documents=50", "--nodes=1",
                                    "--servers=2", "--clients=2", "--heap=512m", "--commit=abc")
        self.assertEqual(status, 0, error)
        with open(result, encoding="utf-8") as file:
            report = json.load(file)
        self.assertEqual(report, json.loads(output))
        self.assertEqual(report["commit"], "abc")
        embedded, cluster = report["points"]
        self.assertEqual((embedded["engine"], embedded["nodes"], embedded["servers"]), ("embedded", 0, 1))
        self.assertEqual((cluster["engine"], cluster["nodes"], cluster["servers"]), ("cluster", 1, 2))
        for point in embedded, cluster:
            self.assertGreaterEqual(point["passages"], 50)
            self.assertGreater(point["disk_bytes"], 0)
            self.assertEqual(len(point["of_servers"]["resident_gib"]), point["servers"])
            self.assertGreater(point["many_clients"]["loopback_bytes_per_query"], 0)
        self.assertEqual(embedded["many_clients"]["nodes_cpu_seconds_per_query"], 0)
        self.assertGreater(cluster["publishing"]["nodes_cpu_seconds"], 0)
        self.assertEqual(len(cluster["nodes_resident_gib"]), 1)


if __name__ == "__main__":
    unittest.main()
