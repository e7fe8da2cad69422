"""Files of adapters as a server reads them (docs/formats/encoder-adapter.md)."""
import hashlib
import json
import os

import numpy as np

import message_file
from bad_input import BadInput, reading

PROTO, MESSAGE = 'encoder_adapter.proto', 'EncoderAdapter'
PREFIX = 'encoder.layer.'


def digest(path):
    with reading(path), open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def write(path, model_folder, description, change, questions_of=None):
    """`change`: of each tensor of a layer, by its name in there, what is added to it: [layer, value]. `questions_of`:
    the fields of that message, of an adapter of questions alone."""
    text = ['description: %s' % json.dumps(description),
            'model_sha256: "%s"' % digest(os.path.join(model_folder, 'model.onnx'))]
    if questions_of:
        fields = ' '.join('%s: %s' % (name, json.dumps(value)) for name, value in questions_of.items())
        text.append('questions_of { %s }' % fields)
    for name in sorted(change):
        for i, values in enumerate(np.asarray(change[name])):
            halves = ''.join('\\x%02x' % byte for byte in values.astype('<f2').tobytes())
            text.append('changes { name: "%s%d.%s" halves: "%s" }' % (PREFIX, i, name, halves))
    message_file.write(path, PROTO, MESSAGE, '\n'.join(text))


def read(path, model_folder, shapes):
    """What write() wrote for this model: `shapes` by the name of each tensor. What it does not change is 0."""
    adapter = message_file.read(path, PROTO, MESSAGE)
    wanted = digest(os.path.join(model_folder, 'model.onnx'))
    if adapter.model_sha256 != wanted:
        raise BadInput('%s: wanted an adapter of the model.onnx of SHA-256 %s, got one of "%s"'
                       % (path, wanted, adapter.model_sha256))
    if adapter.HasField('questions_of'):
        raise BadInput('%s: wanted an adapter of questions and passages, got one of questions alone' % path)
    change = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
    for tensor in adapter.changes:
        layer, _, name = tensor.name.removeprefix(PREFIX).partition('.')
        if name not in change or layer not in map(str, range(len(change[name]))) or (
                len(tensor.halves) != 2 * change[name][0].size):
            raise BadInput('%s: wanted changes of the layers of this model, got one of %s' % (path, tensor.name))
        change[name][int(layer)] = np.frombuffer(tensor.halves, '<f2')
    return change
