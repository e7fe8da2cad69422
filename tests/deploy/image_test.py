#!/usr/bin/env python3
"""The image has what the programs link, and the commands of the manifests are flags that the programs have."""

import functools
import fnmatch
import os
import re
import subprocess
import unittest

PROGRAMS = ["services/bedside_server", "ingest/bedside_ingest", "tools/bedside/bedside", "tools/store/bedside_store",
            "tools/audit/bedside_audit"]
DOCKERFILE = "deploy/Dockerfile"
# Of the base image, or what the packages of the list depend on.
IMPLIED = {"libc6", "libgcc-s1", "libstdc++6", "zlib1g", "libgrpc29", "libc-ares2"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def linked(program):
    """Paths of the shared libraries that the program names itself, as the loader finds them."""
    needed = re.findall(r"NEEDED.*\[(.+)\]", subprocess.check_output(["readelf", "-d", program], text=True))
    found = dict(re.findall(r"(\S+) => (/\S+)", subprocess.check_output(["ldd", program], text=True)))
    return {found[name] for name in needed if name in found}


@functools.lru_cache(maxsize=None)
def package_of(path):
    """The Debian package; "" for what is of none."""
    for name in [os.path.realpath(path), path, path.removeprefix("/usr")]:
        owner = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
        if owner.returncode == 0:
            return owner.stdout.split(":")[0]
    return ""


def final_stage():
    return read(DOCKERFILE).split("\nFROM ")[-1]


def is_copied(path, source, to):
    """Whether `COPY source to` puts something at `path`: a folder with what is below, or files of a pattern."""
    if not to.endswith("/"):
        return path == to or path.startswith(to + "/")
    return path.startswith(to) and fnmatch.fnmatch(os.path.basename(path), os.path.basename(source))


class ImageTest(unittest.TestCase):
    def test_every_linked_library_is_installed_or_copied(self):
        installed = set(re.findall(r"^ {7}(\S+) \\$", final_stage(), re.MULTILINE))
        self.assertIn("librocksdb7.8", installed)
        for program in PROGRAMS:
            for path in linked(program):
                package = package_of(path)
                if package:
                    self.assertIn(package, installed | IMPLIED, "%s of %s" % (path, program))
                else:
                    self.assertIn("/.deps/openvino/lib/", path)

    def test_the_last_stage_is_of_another_user_and_has_every_program(self):
        stage = final_stage()
        self.assertRegex(stage, r"(?m)^USER 10001:10001$")
        self.assertNotIn("COPY . ", stage)
        for program in PROGRAMS:
            self.assertIn("bazel-bin/" + program, read(DOCKERFILE))

    def test_what_the_configurations_name_is_in_the_image(self):
        copied = re.findall(r"COPY --from=build (\S+) (\S+)", final_stage())
        for name in ["base/config/server", "base/config/replica", "base/config/ingest",
                     "components/cluster/config/replica", "components/cluster/config/ingest"]:
            text = read("deploy/kubernetes/%s.textproto" % name)
            for path in re.findall(r'"(/opt/bedside/[^"]+)"', text):
                self.assertTrue(any(is_copied(path, source, to) for source, to in copied), path)

    def test_commands_are_those_of_the_programs(self):
        commands = re.findall(r"command: \[(.+)\]", "".join(
            read("deploy/kubernetes/" + name)
            for name in ["base/writer.yaml", "base/replica.yaml", "base/import-cronjob.yaml",
                         "components/reindex/reindex-job.yaml"]))
        self.assertEqual(len(commands), 4)
        paths = {os.path.basename(program): program for program in PROGRAMS}
        for command in commands:
            words = command.split(", ")
            help_text = subprocess.check_output([paths[words[0]], "--help"], text=True)
            for flag in [word.split("=")[0] for word in words[1:] if word.startswith("--")]:
                self.assertIn(flag, help_text, command)


if __name__ == "__main__":
    unittest.main()
