#!/usr/bin/env python3
"""open_search_nodes: nodes serve from the line that it prints until it is told to end."""

import json
import os
import signal
import subprocess
import time
import unittest
import urllib.request

PROGRAM = "tests/cluster/open_search_nodes"
PATIENCE = 30


def is_there(process):
    """A process that has ended and was not waited for yet is not."""
    try:
        with open("/proc/%d/stat" % process) as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class OpenSearchNodesTest(unittest.TestCase):
    def test_a_node_serves_until_the_program_ends(self):
        program = subprocess.Popen([PROGRAM, "--heap=512m"], stdout=subprocess.PIPE, universal_newlines=True)
        self.addCleanup(program.kill)
        self.addCleanup(program.stdout.close)
        line = json.loads(program.stdout.readline())
        self.assertEqual((len(line["urls"]), len(line["pids"])), (1, 1))
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(line["urls"][0]) as answer:
            self.assertEqual(json.load(answer)["cluster_name"], "bedside-test")
        program.send_signal(signal.SIGTERM)
        self.assertEqual(program.wait(PATIENCE), 0)
        deadline = time.monotonic() + PATIENCE
        while is_there(line["pids"][0]) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertFalse(is_there(line["pids"][0]))
        self.assertEqual([name for name in os.listdir(os.environ["TEST_TMPDIR"]) if "opensearch" in name], [])

    def test_bad_values_are_refused(self):
        for argument, status, words in [("--nodes=0", 2, "--nodes: wanted 1 to 9, got 0"),
                                        ("--heap=much", 1, "is in no cluster"), ("three", 2, "three is no option")]:
            done = subprocess.run([PROGRAM, argument], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  universal_newlines=True)
            self.assertEqual((done.returncode, done.stdout), (status, ""))
            self.assertIn(words, done.stderr)

    def test_help_is_an_answer(self):
        done = subprocess.run([PROGRAM, "--help"], stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("usage: tools/opensearch", done.stdout)
        self.assertLessEqual(max(len(line) for line in done.stdout.splitlines()), 80)


if __name__ == "__main__":
    os.environ["TMPDIR"] = os.environ["TEST_TMPDIR"]
    unittest.main()
