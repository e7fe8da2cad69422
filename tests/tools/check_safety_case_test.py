#!/usr/bin/env python3
"""tools/check_safety_case.py: which pages hold, and what is said of those that do not."""

import os
import subprocess
import sys
import tempfile
import unittest

SOURCE = "TEST(DoseTest, IsQuoted) {}\nTEST_F(DoseTest, IsNotRounded) {\n}\n// TEST(DoseTest, IsOnlyMentioned)\n"
PAGE = "# Safety case\n\n## Hazards\n"
HAZARD = "\n### 1. A wrong dose\n\nText.\n\n| control | shown by |\n|---|---|\n%s\n"


def link(test, path="dose_test.cc"):
    return "[`%s`](%s)" % (test, path)


class CheckSafetyCaseTest(unittest.TestCase):
    def check(self, *hazards):
        """The exit status and the lines."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in [("dose_test.cc", SOURCE), ("page.md", PAGE + "".join(hazards))]:
                with open(os.path.join(folder, name), "w", encoding="utf-8") as written:
                    written.write(text)
            done = subprocess.run([sys.executable, "tools/check_safety_case.py", os.path.join(folder, "page.md")],
                                  stdout=subprocess.PIPE, universal_newlines=True)
        return done.returncode, done.stdout.splitlines()

    def assertBroken(self, words, *hazards):
        status, lines = self.check(*hazards)
        self.assertEqual((status, len(lines)), (1, 1), lines)
        self.assertIn(words, lines[0])

    def test_tests_that_exist_show_a_control(self):
        row = "| Doses are quoted | %s, %s |" % (link("DoseTest.IsQuoted"), link("DoseTest.IsNotRounded"))
        self.assertEqual(self.check(HAZARD % row), (0, []))

    def test_a_test_that_is_not_in_its_file(self):
        for test in ["DoseTest.IsGone", "DoseTest.IsOnlyMentioned", "OtherTest.IsQuoted"]:
            self.assertBroken("%s: not in dose_test.cc" % test, HAZARD % ("| Doses are quoted | %s |" % link(test)))

    def test_a_file_that_is_not_there(self):
        row = "| Doses are quoted | %s |" % link("DoseTest.IsQuoted", "gone_test.cc")
        self.assertBroken("gone_test.cc is not there", HAZARD % row)

    def test_a_control_without_a_test(self):
        self.assertBroken("Doses are quoted: names no test", HAZARD % "| Doses are quoted | by hand |")

    def test_a_hazard_without_a_control(self):
        self.assertBroken("1. A wrong dose: has no control", HAZARD % "")

    def test_a_page_without_a_hazard(self):
        self.assertBroken("names no hazard")


if __name__ == "__main__":
    unittest.main()
