"""Counts the test cases of one `bazel test` and prints "N passed, N failed" as its last line.

usage: count_tests.py EVENTS STATUS

EVENTS is what Bazel wrote to --build_event_json_file, STATUS its exit status. The cases stand in the test.xml of each
test; a target that does not build, or fails without naming a case, counts as one failure. Exits 1 when anything failed
or nothing ran. The events: https://github.com/bazelbuild/bazel/blob/4.2.3/src/main/java/com/google/devtools/build/lib/
buildeventstream/proto/build_event_stream.proto
"""

import collections
import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


class Results:
    def __init__(self):
        self.passed = 0
        self.failed = []  # names
        self.skipped = []  # names with the reason


def case_outcome(case):
    """"passed", "failed" or "skipped", for GoogleTest's XML and for Bazel's own."""
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    not_run = case.get("status") == "notrun" or case.get("result") in ("skipped", "suppressed")
    return "skipped" if not_run or case.find("skipped") is not None else "passed"


def skip_reason(case):
    """GoogleTest writes the place on the first line and the message below."""
    skipped = case.find("skipped")
    lines = skipped.get("message", "").strip().splitlines() if skipped is not None else []
    return lines[-1] if lines else "disabled"


def add_cases(label, xml, results):
    outcomes = collections.Counter()
    for case in ElementTree.parse(xml).iter("testcase"):
        name = "%s %s.%s" % (label, case.get("classname"), case.get("name"))
        outcome = case_outcome(case)
        outcomes[outcome] += 1
        if outcome == "failed":
            results.failed.append(name)
        elif outcome == "skipped":
            results.skipped.append("%s: %s" % (name, skip_reason(case)))
        else:
            results.passed += 1
    return outcomes


def add_test(label, test, results):
    files = [urllib.parse.unquote(urllib.parse.urlparse(output["uri"]).path)
             for output in test.get("testActionOutput", []) if output["name"] == "test.xml"]
    try:
        failed = sum(add_cases(label, xml, results)["failed"] for xml in files)
    except (OSError, ElementTree.ParseError):
        failed = 0
    if test.get("status") not in ("PASSED", "FLAKY") and failed == 0:
        results.failed.append("%s (%s)" % (label, test.get("status", "no status")))


def read_events(path):
    """The last attempt of each test, and the labels of targets that did not build."""
    tests, unbuilt = {}, set()
    with open(path, encoding="utf-8") as file:
        for line in file:
            event = json.loads(line)
            key = event["id"].get("testResult")
            target = event["id"].get("targetCompleted")
            if key and "testResult" in event:
                tests[key["label"], key.get("run"), key.get("shard")] = event["testResult"]
            elif target and not event.get("completed", {}).get("success"):
                unbuilt.add(target["label"])
    return tests, unbuilt


def main(events, status):
    tests, unbuilt = read_events(events)
    results = Results()
    for (label, _, _), test in sorted(tests.items()):
        add_test(label, test, results)
    results.failed += ["%s (did not build)" % label for label in sorted(unbuilt)]
    ran = results.passed or results.failed
    if int(status) and not results.failed:
        results.failed.append("bazel (exit status %s; its message is above)" % status)
    for name in results.skipped:
        print("skipped: " + name)
    for name in results.failed:
        print("failed: " + name)
    if not ran:
        print("nothing was run")
    print("%d passed, %d failed" % (results.passed, len(results.failed))
          + (", %d skipped" % len(results.skipped) if results.skipped else ""))
    return 1 if results.failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
