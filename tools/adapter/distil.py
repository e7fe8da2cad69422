#!/usr/bin/env python3
"""Teaches an adapter of questions alone (proto/bedside/storage/encoder_adapter.proto) to do without their prefix.

usage: distil.py [--query_prefix=TEXT] [--steps=N] [--heads=N] MODEL_FOLDER ADAPTER QUESTION_ADAPTER TEXTS...
needs: jax, onnx and tokenizers for Python, and the protobuf-compiler; half an hour of two cores

Learned is what the adapter at ADAPTER makes of a question behind the prefix: its vector, and those of its tokens
(Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015). No judgement of what is relevant takes
part, so TEXTS are any texts like those that are asked, one a line: questions, titles, words as people type them.
"""
import argparse
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import adapter_file
import bad_input
import message_file
import text_lines
from bad_input import BadInput

STEPS = 500
HEADS = 12
PREFIX = 'Represent this sentence for searching relevant passages: '


def check(a):
    if a.steps < 1:
        raise BadInput('--steps: wanted 1 or more, got %d' % a.steps)
    if not a.query_prefix:
        raise BadInput('--query_prefix: wanted what is put before a question, got nothing')
    if os.path.realpath(a.question_adapter) == os.path.realpath(a.adapter):
        raise BadInput('QUESTION_ADAPTER: wanted another file than ADAPTER, got the same')
    message_file.check(a.question_adapter)


def read_tokenizer(folder):
    from tokenizers import Tokenizer
    path = os.path.join(folder, 'tokenizer.json')
    try:
        tokenizer = Tokenizer.from_file(path)
    except Exception as error:
        raise BadInput('%s: wanted a tokenizer, got: %s' % (path, error)) from None
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: tokenizer.encode(text).ids


def learn(a, sets):
    """What JAX is for, and imported late for: what is wrong with the arguments is said without it."""
    try:
        from distillation import train
        from encoder import Model
        from questions import Questions
        questions = Questions(read_tokenizer(a.model), a.query_prefix, sets)
    except ModuleNotFoundError as error:
        raise BadInput('wanted jax, onnx and tokenizers for Python, got no module %s; install them with pip'
                       % error.name) from None
    model = Model(a.model, a.heads)
    model.check([questions.first])
    shapes = {name: model.layers[name].shape for name in model.changed}
    return train(model, adapter_file.read(a.adapter, a.model, shapes), questions, a.steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--query_prefix', default=PREFIX, metavar='TEXT', help='default: "%(default)s"')
    parser.add_argument('--steps', type=int, default=STEPS, metavar='N', help='default: %(default)s')
    parser.add_argument('--heads', type=int, default=HEADS, metavar='N',
                        help='of attention, that the model has; default: %(default)s')
    parser.add_argument('model', metavar='MODEL_FOLDER', help='where model.onnx and tokenizer.json are')
    parser.add_argument('adapter', metavar='ADAPTER', help='of questions and passages')
    parser.add_argument('question_adapter', metavar='QUESTION_ADAPTER', help='file to write')
    parser.add_argument('texts', metavar='TEXTS', nargs='+', help='files of one text a line')
    a = parser.parse_args()
    check(a)
    sets = [text_lines.read_texts(path) for path in a.texts]
    names = ', '.join(os.path.basename(path) for path in a.texts)
    taught = {'adapter_sha256': adapter_file.digest(a.adapter), 'query_prefix': a.query_prefix}
    description = 'Learned on %s by tools/adapter/distil.py, %d steps.' % (names, a.steps)
    adapter_file.write(a.question_adapter, a.model, description, learn(a, sets), taught)


if __name__ == '__main__':
    bad_input.run('distil.py', main)
