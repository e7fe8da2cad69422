#!/usr/bin/env python3
"""Holds docs/safety-case.md to the code: each hazard has controls, each control names tests, each test exists where its
link leads. Prints what does not hold; status 1 then.

usage: tools/check_safety_case.py [PAGE]
"""

import os
import re
import sys

HAZARD = re.compile(r"^### (.+)$", re.M)
CONTROL = re.compile(r"^\| (?!control \||-)(.+?) \| (.*) \|$", re.M)
TEST = re.compile(r"\[`([^`]+)`\]\(([^)]+)\)")
DEFINED = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", re.M)


def tests_in(path):
    if not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8") as source:
        return {"%s.%s" % test for test in DEFINED.findall(source.read())}


def problems_of_control(control, cell, folder):
    named = TEST.findall(cell)
    if not named:
        yield "%s: names no test" % control
    for test, link in named:
        defined = tests_in(os.path.join(folder, link))
        if defined is None:
            yield "%s: %s is not there" % (test, link)
        elif test not in defined:
            yield "%s: not in %s" % (test, link)


def problems(page, folder):
    # The text before the first hazard, then names and texts in turn.
    parts = HAZARD.split(page)
    if len(parts) == 1:
        yield "names no hazard"
    for hazard, text in zip(parts[1::2], parts[2::2]):
        controls = CONTROL.findall(text)
        if not controls:
            yield "%s: has no control" % hazard
        for control, cell in controls:
            yield from problems_of_control(control, cell, folder)


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else "docs/safety-case.md"
    with open(path, encoding="utf-8") as page:
        found = ["%s: %s" % (path, problem) for problem in problems(page.read(), os.path.dirname(path))]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
