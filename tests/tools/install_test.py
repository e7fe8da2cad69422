#!/usr/bin/env python3
"""tools/install.sh: when an artefact is made again, what its download leaves, and what a failure says."""

import hashlib
import os
import subprocess
import tempfile
import unittest

CONTENT = "content"
SHA256 = hashlib.sha256(CONTENT.encode()).hexdigest()
FETCH = 'fetch() { printf %s content >"$2/artefact"; }\n'
MAKE = 'make() { cp "$1" "$2/made"; }\n'


class InstallTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        os.mkdir(self.path("third_party"))
        self.pin("1.0", SHA256)

    def path(self, *names):
        return os.path.join(self.root, *names)

    def pin(self, version, sha256):
        with open(self.path("third_party", "artefacts.txt"), "w") as file:
            file.write("# name, version\nthing %s %s\n" % (version, sha256))

    def provide(self, functions=FETCH + MAKE):
        """The exit status, standard output and standard error of `provide thing fetch make`."""
        script = "set -euo pipefail\ntool=setup root=%s\n. tools/install.sh\n%s\nprovide thing fetch make note\n" % (
            self.root, functions)
        done = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              universal_newlines=True)
        return done.returncode, done.stdout, done.stderr

    def installed(self):
        with open(self.path(".deps", "thing", "made")) as file:
            return file.read()

    def downloads(self):
        return sorted(os.listdir(self.path(".deps", "downloads")))

    def test_says_what_it_does_and_keeps_nothing_of_the_download(self):
        status, output, _ = self.provide()
        self.assertEqual(status, 0)
        self.assertRegex(output, r"^\[setup +\d+s\] fetching thing 1\.0\n\[setup +\d+s\] installing thing \(note\)\n$")
        self.assertEqual(self.installed(), CONTENT)
        self.assertEqual(self.downloads(), [])

    def test_a_second_run_does_nothing(self):
        self.provide()
        self.assertEqual(self.provide("fetch() { return 1; }\n" + MAKE), (0, "", ""))

    def test_another_version_is_installed(self):
        self.provide()
        self.pin("1.1", SHA256)
        self.assertIn("fetching thing 1.1", self.provide()[1])

    def test_another_recipe_is_followed(self):
        self.provide()
        self.provide(FETCH + 'make() { echo "new" >"$2/made"; }\n')
        self.assertEqual(self.installed(), "new\n")

    def test_each_download_begins_in_an_empty_folder(self):
        os.makedirs(self.path(".deps", "downloads", "thing", "fetched"))
        with open(self.path(".deps", "downloads", "thing", "fetched", "thing-0.9.whl"), "w") as file:
            file.write("of a run that was stopped")
        fetch = 'fetch() { printf %s content >"$2/thing-1.0.whl" && mv "$2"/thing-*.whl "$2/artefact"; }\n'
        self.assertEqual(self.provide(fetch + MAKE)[0], 0)

    def test_other_bytes_are_named_and_do_not_stay_even_in_a_cache(self):
        fetch = 'fetch() { mkdir "$2/cache" && echo other | tee "$2/cache/bytes" >"$2/artefact"; }\n'
        status, _, error = self.provide(fetch + MAKE)
        self.assertEqual(status, 1)
        got = hashlib.sha256(b"other\n").hexdigest()
        self.assertIn("setup: thing 1.0: SHA-256 mismatch. wanted %s, got %s." % (SHA256, got), error)
        self.assertIn("run tools/setup again", error)
        self.assertFalse(os.path.exists(self.path(".deps", "downloads", "thing")))
        self.assertFalse(os.path.exists(self.path(".deps", "thing")))

    def test_what_pip_says_of_other_bytes_is_no_failure_of_the_network(self):
        fetch = """fetch() { cat <<END
ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions
    thing==1.0 from file:///thing-1.0.whl (from -r requirements.txt (line 1)):
        Expected sha256 %s
             Got        0123abcd
END
return 1; }
""" % SHA256
        status, _, error = self.provide(fetch + MAKE)
        self.assertEqual(status, 1)
        self.assertIn("thing 1.0: SHA-256 mismatch. wanted %s, got 0123abcd." % SHA256, error)
        self.assertNotIn("network", error)

    def test_a_failed_download_says_where_its_output_is(self):
        status, _, error = self.provide("fetch() { echo no route; return 1; }\n" + MAKE)
        self.assertEqual(status, 1)
        self.assertIn("thing 1.0 (SHA-256 %s) could not be downloaded. Check the network" % SHA256, error)
        self.assertIn(".deps/downloads/thing.log", error)
        with open(self.path(".deps", "downloads", "thing.log")) as log:
            self.assertEqual(log.read(), "no route\n")

    def test_what_is_half_made_takes_no_place(self):
        self.provide()
        status, _, error = self.provide(FETCH + 'make() { echo half >"$2/made" && false && true; }\n')
        self.assertEqual(status, 1)
        self.assertIn("thing 1.0 could not be installed", error)
        self.assertEqual(self.installed(), CONTENT)


class SetupTest(unittest.TestCase):
    def test_a_path_with_a_space_is_refused_before_anything_is_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            checkout = os.path.join(folder, "a checkout")
            os.makedirs(os.path.join(checkout, "tools"))
            for name in ["setup", "install.sh"]:
                with open(os.path.join("tools", name)) as source:
                    with open(os.path.join(checkout, "tools", name), "w") as copy:
                        copy.write(source.read())
            done = subprocess.run(["bash", os.path.join(checkout, "tools", "setup")], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, universal_newlines=True)
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn('setup: Bazel cannot build in a path with a space: "%s".' % checkout, done.stderr)
            self.assertEqual(os.listdir(checkout), ["tools"])


if __name__ == "__main__":
    unittest.main()
