#!/usr/bin/env python3
"""tools/fuzz: what it builds and runs, where findings lie, and its last line."""

import os
import tempfile
import unittest

import checkout

# Knows two targets, and builds for each a program that notes what it was asked.
BAZEL = r"""
case $1 in
  query) echo "$*" >>asked && printf '//tests/a:b_fuzz\n//tests/a:c_fuzz\n' ;;
  build) echo "$*" >>asked ;;
  info) echo "$PWD/out" ;;
esac
"""
PROGRAM = r"""
echo "$0 $*" >>"$(dirname "$0")/../../../asked"
echo "stat::number_of_executed_units: 7"
"""
# Writes an input where libFuzzer would, and fails.
FINDS = PROGRAM + r"""
for argument in "$@"; do
  case $argument in -artifact_prefix=*) echo bytes >"${argument#*=}crash-1" ;; esac
done
echo "SUMMARY: AddressSanitizer: heap-buffer-overflow"
exit 77
"""


class FuzzScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkout = checkout.Checkout(folder.name + "/checkout", "tools/fuzz", "tools/install.sh", "tools/test")
        for program in ["tools/setup", "bin/dpkg-query"]:
            self.checkout.program(program, "echo install ok installed")
        self.checkout.program("bin/bazel", BAZEL)
        for name in ["b", "c"]:
            os.makedirs(self.checkout.path("out/tests/a/%s_fuzz.runfiles/bedside" % name))
            self.checkout.program("out/tests/a/%s_fuzz" % name, PROGRAM)

    def asked(self):
        with open(self.checkout.path("asked")) as file:
            return file.read()

    def test_runs_every_target_for_a_minute(self):
        status, output, _ = self.checkout.run("tools/fuzz")
        self.assertEqual((status, output.splitlines()[-1]), (0, "2 passed, 0 failed"))
        self.assertIn("set(//...)", self.asked())
        self.assertIn("--config=fuzz", self.asked())
        self.assertEqual(self.asked().count("-max_total_time=60 "), 2)

    def test_takes_seconds_and_targets(self):
        self.checkout.run("tools/fuzz", "3600", "//tests/a/...")
        self.assertIn("set(//tests/a/...)", self.asked())
        self.assertIn("-max_total_time=3600 ", self.asked())

    def test_begins_with_what_was_learnt_and_with_the_kept_inputs(self):
        self.checkout.run("tools/fuzz")
        self.assertIn("/.fuzz/learnt/tests/a/b_fuzz tests/a/b_fuzz_inputs\n", self.asked())

    def test_says_what_was_found_and_how_to_keep_it(self):
        self.checkout.program("out/tests/a/c_fuzz", FINDS)
        status, output, errors = self.checkout.run("tools/fuzz")
        self.assertEqual((status, output.splitlines()[-1]), (1, "1 passed, 1 failed"))
        self.assertIn("//tests/a:b_fuzz: nothing in 7 runs", errors)
        self.assertIn("//tests/a:c_fuzz: SUMMARY: AddressSanitizer: heap-buffer-overflow", errors)
        self.assertRegex(errors, r"cp \S+/.fuzz/findings/tests/a/c_fuzz/crash-1 tests/a/c_fuzz_inputs/")

    def test_is_what_the_tests_do_when_asked_to_fuzz(self):
        status, output, _ = self.checkout.run("tools/test", "--fuzz", "5")
        self.assertEqual((status, output.splitlines()[-1]), (0, "2 passed, 0 failed"))
        self.assertIn("-max_total_time=5 ", self.asked())


if __name__ == "__main__":
    unittest.main()
