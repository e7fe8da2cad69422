"""How a training command ends on input that it cannot use."""
import contextlib
import sys


class BadInput(Exception):
    """Says what is wrong, of which file or option, what was wanted and got; never a question or a passage."""


@contextlib.contextmanager
def reading(path):
    """Within it an OSError is a BadInput: `path` cannot be read."""
    try:
        yield
    except OSError as error:
        raise BadInput('%s: wanted a file that can be read, got: %s' % (path, error.strerror)) from None


def run(program, main):
    """Calls `main`; a BadInput ends the program with its message and the exit status 2."""
    try:
        main()
    except BadInput as problem:
        print('%s: %s' % (program, problem), file=sys.stderr)
        sys.exit(2)
