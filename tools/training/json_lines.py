"""Files of JSON objects, one a line, as adapter_examples and ranker_features write them."""
import json

import text_lines
from bad_input import BadInput


def read(path, kinds):
    """The objects of `path`. Each has all the keys of one of `kinds`, which are tuples; others are a BadInput."""
    return [parse(line, '%s, line %d' % (path, number), kinds)
            for number, line in enumerate(text_lines.read(path), 1)]


def parse(line, place, kinds):
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput('%s: wanted a JSON object, got what ends or breaks at character %d; write it again'
                       % (place, error.pos)) from None
    keys = set(value) if isinstance(value, dict) else set()
    lacking = min(([key for key in kind if key not in keys] for kind in kinds), key=len)
    if lacking:
        raise BadInput('%s: wanted an object with %s, got one without %s; write it again'
                       % (place, ', or with '.join(map(listed, kinds)), listed(lacking)))
    return value


def listed(keys):
    return ', '.join(keys)
