#!/usr/bin/env python3
"""tools/count_tests.py: what is counted, and when a run has failed."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

PASSED = '<testcase name="A" classname="S" status="run" result="completed"/>'
FAILED = '<testcase name="B" classname="S" status="run" result="completed"><failure message="no"/></testcase>'
SKIPPED = (
    '<testcase name="C" classname="S" status="run" result="skipped"><skipped message="x.cc:1&#x0A;no data"/></testcase>'
)
DISABLED = '<testcase name="D" classname="S" status="notrun" result="suppressed"/>'
CRASHED = '<testcase name="x_test" classname="x"><error message="exited with error code 139"/></testcase>'


class CountTestsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.events = []

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def built(self, label, success=True):
        self.events.append({"id": {"targetCompleted": {"label": label}}, "completed": {"success": success}})

    def ran(self, label, cases, status="PASSED", attempt=1):
        """A test that Bazel ran, with these cases; None: it left no test.xml."""
        outputs = []
        if cases is not None:
            xml = self.path("%d.xml" % len(self.events))
            with open(xml, "w") as file:
                file.write("<testsuites><testsuite>%s</testsuite></testsuites>" % "".join(cases))
            outputs = [{"name": "test.xml", "uri": "file://" + xml}]
        key = {"label": label, "run": 1, "shard": 1, "attempt": attempt}
        self.events.append({"id": {"testResult": key}, "testResult": {"status": status, "testActionOutput": outputs}})

    def count(self, bazel_status=0):
        """The exit status and the lines."""
        with open(self.path("events"), "w") as file:
            file.writelines(json.dumps(event) + "\n" for event in self.events)
        command = [sys.executable, "tools/count_tests.py", self.path("events"), str(bazel_status)]
        done = subprocess.run(command, stdout=subprocess.PIPE, universal_newlines=True)
        return done.returncode, done.stdout.splitlines()

    def test_counts_cases_over_targets(self):
        self.built("//a:a_test")
        self.ran("//a:a_test", [PASSED, PASSED])
        self.ran("//b:b_test", [PASSED])
        self.assertEqual(self.count(), (0, ["3 passed, 0 failed"]))

    def test_a_failed_case_fails_the_run_and_is_named(self):
        self.ran("//a:a_test", [PASSED, FAILED], status="FAILED")
        self.assertEqual(self.count(3), (1, ["failed: //a:a_test S.B", "1 passed, 1 failed"]))

    def test_skipped_and_disabled_cases_are_listed_and_counted_apart(self):
        self.ran("//a:a_test", [PASSED, SKIPPED, DISABLED])
        lines = ["skipped: //a:a_test S.C: no data", "skipped: //a:a_test S.D: disabled"]
        self.assertEqual(self.count(), (0, lines + ["1 passed, 0 failed, 2 skipped"]))

    def test_a_crash_is_one_failure(self):
        self.ran("//x:x_test", [CRASHED], status="FAILED")
        self.assertEqual(self.count(3), (1, ["failed: //x:x_test x.x_test", "0 passed, 1 failed"]))

    def test_a_test_that_fails_after_its_cases_passed_is_one_failure(self):
        self.ran("//a:a_test", [PASSED], status="FAILED")
        self.assertEqual(self.count(3), (1, ["failed: //a:a_test (FAILED)", "1 passed, 1 failed"]))

    def test_a_timeout_without_xml_is_one_failure(self):
        self.ran("//a:a_test", None, status="TIMEOUT")
        self.assertEqual(self.count(3), (1, ["failed: //a:a_test (TIMEOUT)", "0 passed, 1 failed"]))

    def test_a_target_that_does_not_build_is_one_failure(self):
        self.ran("//a:a_test", [PASSED])
        self.built("//b:b", success=False)
        self.assertEqual(self.count(1), (1, ["failed: //b:b (did not build)", "1 passed, 1 failed"]))

    def test_only_the_last_attempt_counts(self):
        self.ran("//a:a_test", [FAILED], status="FAILED", attempt=1)
        self.ran("//a:a_test", [PASSED], status="PASSED", attempt=2)
        self.assertEqual(self.count(), (0, ["1 passed, 0 failed"]))

    def test_a_failed_bazel_is_a_failure_even_when_every_test_passed(self):
        self.ran("//a:a_test", [PASSED])
        status, lines = self.count(8)
        self.assertEqual((status, lines[-1]), (1, "1 passed, 1 failed"))

    def test_nothing_run_is_no_success(self):
        self.assertEqual(self.count(), (1, ["nothing was run", "0 passed, 0 failed"]))

    def test_only_skipped_is_no_success(self):
        self.ran("//a:a_test", [SKIPPED])
        status, lines = self.count()
        self.assertEqual((status, lines[-1]), (1, "0 passed, 0 failed, 1 skipped"))


if __name__ == "__main__":
    unittest.main()
