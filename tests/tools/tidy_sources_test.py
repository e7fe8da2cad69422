#!/usr/bin/env python3
"""tools/tidy_sources.py: which files clang-tidy looks at after a change."""

import os
import subprocess
import sys
import tempfile
import unittest

SCRIPT = os.path.abspath("tools/tidy_sources.py")


class TidySourcesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.email", "a@example.org")
        self.git("config", "user.name", "A")
        self.commit({"a/a.cc": '#include "a/a.h"', "a/a.h": "", "README.md": ""})

    def git(self, *arguments):
        subprocess.run(("git", "-C", self.root) + arguments, check=True, stdout=subprocess.DEVNULL)

    def write(self, files):
        for name, text in files.items():
            path = os.path.join(self.root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(text + "\n")

    def commit(self, files):
        self.write(files)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "change")

    def pushed(self):
        """origin/main is what is checked out, as in a fresh clone."""
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")

    def sources(self, *arguments):
        done = subprocess.run([sys.executable, SCRIPT] + list(arguments), cwd=self.root, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said = done.stderr
        return done.stdout.splitlines()

    def test_a_fresh_clone_compares_with_the_commit_before(self):
        self.commit({"b/b.cc": "", "README.md": "new"})
        self.pushed()
        self.assertEqual(self.sources(), ["b/b.cc"])

    def test_a_branch_compares_with_where_it_left_main(self):
        self.pushed()
        self.commit({"b/b.cc": ""})
        self.commit({"c/c.cc": ""})
        self.assertEqual(self.sources(), ["b/b.cc", "c/c.cc"])

    def test_what_is_not_committed_counts(self):
        self.commit({"b/b.cc": ""})
        self.write({"a/a.cc": "int a;", "c/new.cc": ""})
        self.assertEqual(self.sources("--base=HEAD"), ["a/a.cc", "c/new.cc"])

    def test_a_header_is_seen_through_its_own_source(self):
        self.commit({"a/0.cc": '#include "a/a.h"', "a/1.cc": '#include "a/a.h"'})
        self.commit({"a/a.h": "int a;"})
        self.assertEqual(self.sources(), ["a/0.cc", "a/a.cc"])

    def test_a_header_is_seen_through_a_source_that_changed_too(self):
        self.commit({"b/b.cc": '#include "a/a.h"'})
        self.commit({"a/a.h": "int a;", "b/b.cc": '#include "a/a.h"\nint b;'})
        self.assertEqual(self.sources(), ["b/b.cc"])

    def test_a_header_that_no_source_includes_is_said(self):
        self.commit({"a/alone.h": ""})
        self.assertEqual(self.sources(), [])
        self.assertIn("NOT CHECKED: a/alone.h", self.said)

    def test_a_deleted_file_is_nothing_to_look_at(self):
        self.git("rm", "-q", "a/a.cc")
        self.git("commit", "-q", "-m", "remove")
        self.assertEqual(self.sources(), [])

    def test_what_is_above_the_limit_is_said_and_is_tests_first(self):
        self.commit({"tests/a_test.cc": "", "tools/b.cc": "", "z/c.cc": ""})
        self.assertEqual(self.sources("--most=2"), ["tools/b.cc", "z/c.cc"])
        self.assertIn("1 of 3 files are NOT CHECKED (at most 2 are): tests/a_test.cc", self.said)

    def test_without_a_commit_before_nothing_is_checked_and_that_is_said(self):
        self.pushed()
        self.assertEqual(self.sources(), [])
        self.assertIn("NOTHING IS CHECKED: there is no commit before this one", self.said)

    def test_an_unknown_base_is_an_error(self):
        done = subprocess.run([sys.executable, SCRIPT, "--base=nothing"], cwd=self.root, stderr=subprocess.PIPE,
                              universal_newlines=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no commit nothing here", done.stderr)


if __name__ == "__main__":
    unittest.main()
