#!/usr/bin/env python3
"""Files of one message: written whole or not at all."""

import os
import subprocess
import sys
import unittest

sys.path.append("tools/training")
import message_file


class MessageFileTest(unittest.TestCase):
    def setUp(self):
        self.path = os.path.join(os.environ["TEST_TMPDIR"], "message")

    def read(self):
        with open(self.path, "rb") as file:
            return file.read()

    def test_text_becomes_bytes(self):
        message_file.write(self.path, "encoder_adapter.proto", "EncoderAdapter", 'description: "\\303\\244"')
        self.assertEqual(self.read(), b"\x0a\x02\xc3\xa4")

    def test_text_of_another_message_leaves_the_old_file_alone(self):
        with open(self.path, "w") as file:
            file.write("old")
        with self.assertRaises(subprocess.CalledProcessError):
            message_file.write(self.path, "ranker_model.proto", "RankerModel", 'nothing: "of this"')
        self.assertEqual(self.read(), b"old")


if __name__ == "__main__":
    unittest.main()
