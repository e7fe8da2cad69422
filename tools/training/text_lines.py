"""Lines of files in UTF-8."""
from bad_input import BadInput, reading


def read(path):
    """The lines of `path`, with their ends."""
    try:
        with reading(path), open(path, encoding='utf-8') as file:
            return list(file)
    except UnicodeDecodeError:
        raise BadInput('%s: wanted UTF-8, got other bytes; write it again' % path) from None


def read_texts(path):
    """A text a line; empty ones are none. BadInput where there is none at all."""
    texts = [line.strip() for line in read(path) if line.strip()]
    if not texts:
        raise BadInput('%s: wanted a text a line, got none' % path)
    return texts
