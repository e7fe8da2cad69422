#!/usr/bin/env python3
"""tools/check_layers.py: which edges between rooms break a rule, and that docs/architecture.md names every room."""

import re
import subprocess
import sys
import unittest

sys.path.insert(0, "tools")
import check_layers


def rule(name, *uses, data=()):
    """A rule as `bazel query --output=xml` prints it."""
    labels = "".join('<label value="%s"/>' % label for label in data)
    inputs = "".join('<rule-input name="%s"/>' % label for label in uses + tuple(data))
    return '<rule class="cc_library" name="%s"><list name="data">%s</list>%s</rule>' % (name, labels, inputs)


def check(*rules):
    """The exit status and the lines."""
    query = "<query>%s</query>" % "".join(rules)
    done = subprocess.run([sys.executable, "tools/check_layers.py"], input=query, stdout=subprocess.PIPE,
                          universal_newlines=True)
    return done.returncode, done.stdout.splitlines()


class CheckLayersTest(unittest.TestCase):
    def assertSound(self, *rules):
        self.assertEqual(check(*rules), (0, []))

    def assertBroken(self, broken, *words):
        status, lines = check(broken)
        self.assertEqual((status, len(lines)), (1, 1))
        for word in words:
            self.assertIn(word, lines[0])

    def test_a_room_may_use_itself_and_what_is_below(self):
        self.assertSound(rule("//index/engine:a", "//index/engine:b", "//index/store:c", "//proto/bedside/v1:v1"))

    def test_a_room_may_not_use_what_is_above(self):
        self.assertBroken(rule("//index/engine:a", "//index/retrieval:b"), "//index/engine:a may not use",
                          "//index/retrieval:b")

    def test_public_messages_do_not_know_stored_ones(self):
        self.assertSound(rule("//proto/bedside/storage:a", "//proto/bedside/v1:v1"))
        self.assertBroken(rule("//proto/bedside/v1:v1", "//proto/bedside/storage:a"), "may not use")

    def test_connectors_and_chunking_know_text_only(self):
        for room in ["connectors", "chunking"]:
            self.assertSound(rule("//ingest/%s:a" % room, "//index/text:b"))
            for used in ["//index/store:b", "//ingest/pipeline:b", "//index/embedding:b", "//index/interaction:b"]:
                self.assertBroken(rule("//ingest/%s:a" % room, used), "may not use " + used)

    def test_the_pipeline_uses_neither_views_nor_services(self):
        self.assertSound(rule("//ingest/pipeline:a", "//index/generation:b", "//ingest/chunking:c"))
        for used in ["//index/engine:b", "//index/retrieval:b", "//services/rpc:b"]:
            self.assertBroken(rule("//ingest/pipeline:a", used), "may not use " + used)

    def test_the_rooms_of_services_stand_on_each_other_in_one_direction(self):
        self.assertSound(rule("//services/rpc:a", "//services/answer:b"), rule("//services/answer:b", "//services/resources:c"))
        self.assertBroken(rule("//services/resources:a", "//services/answer:b"), "may not use")
        self.assertBroken(rule("//services/answer:a", "//services/rpc:b"), "may not use")
        self.assertBroken(rule("//services/rpc:a", "//services:b"), "may not use")
        self.assertBroken(rule("//services/answer:a", "//index/store:b"), "may not use")

    def test_the_root_of_services_puts_everything_together(self):
        self.assertSound(rule("//services:a", "//services/rpc:b", "//index/store:c", "//ingest/pipeline:d"))
        self.assertBroken(rule("//services:a", "//tools/bedside:b"), "may not use")

    def test_a_new_room_beside_others_needs_a_rule(self):
        for package in ["index/new", "services/new", "ingest/new", "new"]:
            self.assertBroken(rule("//%s:a" % package, "//proto/bedside/v1:v1"), "has no rule")

    def test_a_library_has_its_homes(self):
        self.assertSound(rule("//index/vector:a", "@faiss//:faiss"), rule("//services/rpc:a", "@grpc//:grpc"))
        self.assertBroken(rule("//index/engine:a", "@faiss//:faiss"), "may not use @faiss//:faiss: only index/vector may")
        self.assertBroken(rule("//services/answer:a", "@grpc//:grpc"), "may not use @grpc//:grpc")

    def test_to_run_a_program_is_not_to_use_its_room(self):
        self.assertSound(rule("//ingest:a", "//index/store:b", data=["//services:bedside_server"]))

    def test_tests_may_use_everything_and_nothing_uses_them(self):
        self.assertSound(rule("//tests/index/text:a", "//services/rpc:b"))
        self.assertBroken(rule("//services:a", "//tests/fakes:b"), "may not use //tests/fakes:b")


class ArchitectureTest(unittest.TestCase):
    def test_the_table_of_rooms_is_that_of_the_rules(self):
        with open("docs/architecture.md") as file:
            rows = re.findall(r"^\| (`[^|]*) \|", file.read(), re.MULTILINE)
        rooms = [room for row in rows for room in re.findall(r"`([^`]*)`", row)]
        self.assertEqual(sorted(rooms), sorted(check_layers.ALLOWED))


if __name__ == "__main__":
    unittest.main()
