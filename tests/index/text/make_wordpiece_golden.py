#!/usr/bin/env python3
"""Writes wordpiece_golden.json: what the reference implementation of WordPiece makes of real texts.

usage: make_wordpiece_golden.py TOKENIZER_JSON DATA_FOLDER > wordpiece_golden.json

Needs the Python package `tokenizers` (made with 0.23.3). wordpiece_golden_test.cc takes the same texts from the same
places and compares. An entry of "datasets" is a folder or an archive of DATA_FOLDER: its files in the order of their
paths (members in the order of the archive), of JSON files all strings that are values, of others all lines. The entry
"code_points" is of every Unicode scalar value between an "a" and a "b". A digest is the SHA-256 of all ids with [CLS]
and [SEP], in decimal, a space between two and a line end after each text.
"""

import hashlib
import json
import os
import sys
import zipfile

import tokenizers

BATCH = 10000


def files(path):
    if path.endswith(".zip"):
        archive = zipfile.ZipFile(path)
        for name in archive.namelist():
            if not name.endswith("/"):
                yield name, archive.read(name)
        return
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names]
    for file in sorted(paths, key=os.fsencode):
        with open(file, "rb") as opened:
            yield file, opened.read()


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from strings(member)


def texts(path):
    for name, content in files(path):
        text = content.decode()
        if name.endswith(".json"):
            yield from strings(json.loads(text))
        elif name.endswith(".jsonl"):
            for line in filter(None, text.split("\n")):
                yield from strings(json.loads(line))
        else:
            yield from text.split("\n")


def code_points():
    for code_point in range(0x110000):
        if not 0xD800 <= code_point < 0xE000:
            yield "a" + chr(code_point) + "b"


def entry(tokenizer, source):
    digest, all_texts, ids = hashlib.sha256(), list(source), 0
    for begin in range(0, len(all_texts), BATCH):
        for encoding in tokenizer.encode_batch(all_texts[begin : begin + BATCH]):
            ids += len(encoding.ids)
            digest.update((" ".join(map(str, encoding.ids)) + "\n").encode())
    return {"texts": len(all_texts), "ids": ids, "sha256": digest.hexdigest()}


def main():
    tokenizer = tokenizers.Tokenizer.from_file(sys.argv[1])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    data = sys.argv[2]
    names = [name for name in sorted(os.listdir(data)) if os.path.isdir(os.path.join(data, name)) or name.endswith(".zip")]
    golden = {
        "reference": "tokenizers " + tokenizers.__version__,
        "code_points": entry(tokenizer, code_points()),
        "datasets": {name: entry(tokenizer, texts(os.path.join(data, name))) for name in names},
    }
    print(json.dumps(golden, indent=2))


if __name__ == "__main__":
    main()
