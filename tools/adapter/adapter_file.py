"""Writes what was learned as the file that a server reads (docs/formats/encoder-adapter.md)."""
import hashlib
import json
import os

import numpy as np

import message_file


def write(path, model_folder, description, change):
    """`change`: of each tensor of a layer, by its name in there, what is added to it: [layer, value]."""
    with open(os.path.join(model_folder, 'model.onnx'), 'rb') as file:
        digest = hashlib.file_digest(file, 'sha256').hexdigest()
    text = ['description: %s' % json.dumps(description), 'model_sha256: "%s"' % digest]
    for name in sorted(change):
        for i, values in enumerate(np.asarray(change[name])):
            halves = ''.join('\\x%02x' % byte for byte in values.astype('<f2').tobytes())
            text.append('changes { name: "encoder.layer.%d.%s" halves: "%s" }' % (i, name, halves))
    message_file.write(path, 'encoder_adapter.proto', 'EncoderAdapter', '\n'.join(text))
