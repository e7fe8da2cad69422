"""Prints the .cc files that clang-tidy is to look at: those that changed, and for a changed header some that include it.

usage: tidy_sources.py [--base=COMMIT] [--most=N]    in a checkout

COMMIT is what to compare the working tree with. Without it: where the branch left origin/main, or, when it has not left
it (as in a fresh clone), the commit before this one. Files that are not committed count as changed. Of more than N files
the first N are printed. What is left out is said on standard error.
"""

import argparse
import subprocess
import sys

# Of one header: to look at the header one is enough, and the compiler sees the others.
MOST_INCLUDERS = 2


def git(*arguments):
    """The lines that git prints; None when it fails."""
    done = subprocess.run(("git",) + arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True)
    return done.stdout.splitlines() if done.returncode == 0 else None


def say(text):
    print("*** clang-tidy: " + text, file=sys.stderr)


def default_base():
    """A commit; None when there is nothing to compare with."""
    head = git("rev-parse", "HEAD")
    left = git("merge-base", "origin/main", "HEAD")
    if left and left != head:
        return left[0]
    before = git("rev-parse", "--verify", "HEAD~1")
    return before[0] if before else None


def changed_files(base):
    changed = git("diff", "--name-only", "--diff-filter=d", base, "--", "*.cc", "*.h")
    if changed is None:
        sys.exit("there is no commit %s here; git log shows those that there are" % base)
    return sorted(set(changed + git("ls-files", "-o", "--exclude-standard", "--", "*.cc", "*.h")))


def includers(header):
    """The .cc files that include `header` themselves, the one that implements it first."""
    found = git("grep", "--untracked", "-lF", '#include "%s"' % header, "--", "*.cc") or []
    own = header[:-len(".h")] + ".cc"
    return sorted(found, key=lambda source: (source != own, source))


def sources_of(changed):
    """What to look at, and the headers that no .cc file includes."""
    sources = [file for file in changed if file.endswith(".cc")]
    orphans = []
    for header in (file for file in changed if file.endswith(".h")):
        found = includers(header)
        if not found:
            orphans.append(header)
        elif not set(found) & set(sources):
            sources += found[:MOST_INCLUDERS]
    # Tests last: they are what is left out first.
    return sorted(sources, key=lambda source: (source.startswith("tests/"), source)), orphans


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--base")
    parser.add_argument("--most", type=int, default=sys.maxsize)
    arguments = parser.parse_args()
    base = arguments.base or default_base()
    if base is None:
        say("NOTHING IS CHECKED: there is no commit before this one. In a shallow clone, fetch one more, or name a base.")
        return
    sources, orphans = sources_of(changed_files(base))
    for header in orphans:
        say("NOT CHECKED: %s, which no .cc file includes directly" % header)
    left_out = sources[arguments.most:]
    if left_out:
        say("%d of %d files are NOT CHECKED (at most %d are): %s"
            % (len(left_out), len(sources), arguments.most, " ".join(left_out)))
    for source in sources[:arguments.most]:
        print(source)


if __name__ == "__main__":
    main()
