#!/usr/bin/env python3
"""tools/test: its stages, what it asks of Bazel, and its last line."""

import tempfile
import unittest

import checkout

# Writes what it was asked, and the events of a run of one test.
BAZEL = r"""
echo "$*" > asked
for argument in "$@"; do
  case $argument in --build_event_json_file=*) events=${argument#*=} ;; esac
done
cat > "$events" <<END
{"id": {"testResult": {"label": "//a:a_test"}}, "testResult": {"status": "%s", "testActionOutput":
 [{"name": "test.xml", "uri": "file://$PWD/test.xml"}]}}
END
sed -i ':a;N;$!ba;s/\n/ /g' "$events"
exit %d
"""
CASES = """
cat > test.xml <<END
<testsuites><testsuite><testcase name="A" classname="S" status="run" result="completed"/></testsuite></testsuites>
END
"""


class TestScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkout = checkout.Checkout(folder.name + "/checkout", "tools/test", "tools/count_tests.py")
        self.checkout.program("tools/setup", "echo installed")
        self.bazel("PASSED", 0)

    def bazel(self, outcome, status):
        self.checkout.program("bin/bazel", CASES + BAZEL % (outcome, status))

    def asked(self):
        with open(self.checkout.path("asked")) as file:
            return file.read()

    def test_names_its_stages_and_counts_in_the_last_line(self):
        status, output, _ = self.checkout.run("tools/test")
        self.assertEqual(status, 0)
        for number, stage in enumerate(["setup", "build and test", "count"], 1):
            self.assertRegex(output, r"\[test +\d+s\] %d/3 %s\n" % (number, stage))
        self.assertEqual(output.splitlines()[-1], "1 passed, 0 failed")

    def test_a_failure_is_counted_in_the_last_line_too(self):
        self.bazel("FAILED", 3)
        status, output, _ = self.checkout.run("tools/test")
        self.assertEqual((status, output.splitlines()[-1]), (1, "1 passed, 1 failed"))

    def test_without_targets_everything_is_tested(self):
        self.checkout.run("tools/test", "--test_filter=A")
        self.assertIn("--test_filter=A //...", self.asked())

    def test_with_targets_only_they_are(self):
        self.checkout.run("tools/test", "//a:all")
        self.assertIn("//a:all", self.asked())
        self.assertNotIn("//...", self.asked())

    def test_progress_that_nobody_watches_is_a_line_now_and_then(self):
        self.checkout.run("tools/test")
        self.assertIn("--config=log", self.asked())

    def test_says_when_the_real_data_are_not_there(self):
        self.assertIn("tests on real data are SKIPPED", self.checkout.run("tools/test")[2])


if __name__ == "__main__":
    unittest.main()
