"""How a training command ends on input that it cannot use."""
import sys


class BadInput(Exception):
    """Says what is wrong, of which file or option, what was wanted and got; never a question or a passage."""


def run(program, main):
    """Calls `main`; a BadInput ends the program with its message and the exit status 2."""
    try:
        main()
    except BadInput as problem:
        print('%s: %s' % (program, problem), file=sys.stderr)
        sys.exit(2)
