#!/usr/bin/env python3
"""fhir_bench: what it prints, and what it refuses."""

import json
import os
import subprocess
import tempfile
import unittest


def run(*arguments):
    """The exit status, standard output and standard error."""
    done = subprocess.run(("tools/bench/fhir_bench",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


class FhirBenchTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w") as file:
            file.write(text)

    def test_measures_every_file(self):
        self.write("a.json", '{"resourceType": "Bundle"}')
        self.write("b.json", '{"resourceType": "Bundle", "entry": []}')
        status, output, error = run("--folder=" + self.folder.name, "--runs=3")
        self.assertEqual((status, error), (0, ""))
        records = json.loads(output)["records"]
        self.assertEqual([record["bytes"] for record in records], [26, 39])
        for record in records:
            self.assertLessEqual(record["p50_ms"], record["max_ms"])

    def test_file_that_is_no_record_is_refused(self):
        self.write("a.json", "{")
        status, output, error = run("--folder=" + self.folder.name)
        self.assertEqual((status, output), (2, ""))
        self.assertIn("is no JSON", error)

    def test_folder_and_runs_are_checked(self):
        self.assertEqual(run("--folder=" + self.folder.name)[0], 2)
        self.assertEqual(run("--folder=/nowhere")[0], 2)
        self.assertIn("--runs: wanted", run("--runs=0")[2])


if __name__ == "__main__":
    unittest.main()
