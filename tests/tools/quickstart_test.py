#!/usr/bin/env python3
"""tools/quickstart: its stages, and how it ends when its server does."""

import tempfile
import unittest

import checkout

# Serves until it is asked a question, and then does as a test says.
SERVER = """
mkfifo .bedside/asked
trap '%s' TERM
echo "bedside_server: serving on 127.0.0.1:1" >&2
read -r < .bedside/asked
%s
"""
CLIENT = 'case "$*" in *ask*) echo answer; echo > .bedside/asked ;; esac'


class QuickstartTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.checkout = checkout.Checkout(folder.name, "tools/quickstart")
        self.checkout.program("tools/setup", "echo installed")
        self.checkout.program("bin/bazel", 'echo "$@" > built')
        self.checkout.program("bazel-bin/ingest/bedside_ingest", "echo ingested")
        self.checkout.program("bazel-bin/tools/bedside/bedside", CLIENT)

    def serve(self, at_end, after_question="exec 3<> .bedside/asked; read -r <&3"):
        self.checkout.program("bazel-bin/services/bedside_server", SERVER % (at_end, after_question))

    def test_names_its_stages_and_ends_with_an_answer(self):
        self.serve(at_end="exit 0")
        status, output, error = self.checkout.run("tools/quickstart")
        self.assertEqual((status, error), (0, ""))
        for number, stage in enumerate(["setup", "build", "ingest samples/", "server", "question"], 1):
            self.assertRegex(output, r"\[quickstart +\d+s\] %d/5 %s\n" % (number, stage))
        self.assertRegex(output, r"answer\n\n\[quickstart +\d+s\] done\n$")

    def test_builds_every_program_that_the_readme_names(self):
        self.serve(at_end="exit 0")
        self.checkout.run("tools/quickstart")
        with open(self.checkout.path("built")) as file:
            built = file.read()
        for target in ["//services:bedside_server", "//ingest:bedside_ingest", "//tools/bedside:bedside",
                       "//tools/eval:bedside_eval"]:
            self.assertIn(target, built)

    def test_a_server_that_crashes_while_it_serves_is_an_error(self):
        self.serve(at_end="exit 0", after_question="exit 3")
        status, output, error = self.checkout.run("tools/quickstart", "--serve")
        self.assertEqual(status, 1)
        self.assertIn("the server ended with status 3 while it served. Its log is in .bedside/server.log.", error)
        self.assertNotIn("done", output)

    def test_a_server_that_is_told_to_stop_is_none(self):
        self.serve(at_end="exit 0", after_question="exit 0")
        status, output, error = self.checkout.run("tools/quickstart", "--serve")
        self.assertEqual((status, error), (0, ""))
        self.assertIn("done", output)

    def test_a_server_that_does_not_start_is_an_error_with_its_reason(self):
        self.checkout.program("bazel-bin/services/bedside_server", "echo 'bedside_server: no model' >&2; exit 2")
        status, _, error = self.checkout.run("tools/quickstart")
        self.assertEqual(status, 1)
        self.assertIn("the server ended at once", error)
        self.assertIn("bedside_server: no model", error)


if __name__ == "__main__":
    unittest.main()
