"""Writes compile_commands.json for clang-tidy and editors.

usage: bazel aquery --output=jsonproto 'mnemonic("CppCompile", //...)' | compile_commands.py OUTPUT_BASE > compile_commands.json

OUTPUT_BASE: what `bazel info output_base` says. Run in the root of the checkout, after a build: generated headers must be
there.
"""

import json
import os
import sys

# Options of gcc that clang does not know.
GCC_ONLY = {"-fno-canonical-system-headers", "-Wno-free-nonheap-object", "-Wunused-but-set-parameter"}


def translate(argument, output_base):
    """External repositories lie in the output base, not in the checkout."""
    return os.path.join(output_base, argument) if argument.startswith("external/") else argument


def main(output_base):
    commands = {}
    for action in json.load(sys.stdin).get("actions", []):
        arguments = [translate(a, output_base) for a in action["arguments"] if a not in GCC_ONLY]
        source = arguments[arguments.index("-c") + 1]
        commands[source] = {"directory": os.getcwd(), "file": source, "arguments": arguments}
    json.dump(list(commands.values()), sys.stdout, indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:])
