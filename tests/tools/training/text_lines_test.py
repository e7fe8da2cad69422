#!/usr/bin/env python3
"""Files of a text a line, and what is said of those that are none."""

import os
import sys
import unittest

sys.path.append("tools/training")
import text_lines
from bad_input import BadInput


class TextLinesTest(unittest.TestCase):
    def write(self, content):
        path = os.path.join(os.environ["TEST_TMPDIR"], "texts")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def refused(self, words, path):
        with self.assertRaises(BadInput) as raised:
            text_lines.read_texts(path)
        self.assertIn(words, str(raised.exception))

    def test_a_line_is_a_text_and_an_empty_one_none(self):
        self.assertEqual(text_lines.read_texts(self.write("a b \n\n  \nβ\n".encode())), ["a b", "β"])

    def test_a_file_without_texts_is_refused(self):
        self.refused("texts: wanted a text a line, got none", self.write(b" \n"))

    def test_what_cannot_be_read_is_named(self):
        self.refused("nowhere: wanted a file that can be read, got: No such file", "nowhere")
        self.refused("texts: wanted UTF-8, got other bytes", self.write(b"\xff"))


if __name__ == "__main__":
    unittest.main()
