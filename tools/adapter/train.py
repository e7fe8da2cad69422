#!/usr/bin/env python3
"""Trains an adapter of the embedding model (proto/bedside/storage/encoder_adapter.proto) on what adapter_examples wrote.

usage: train.py [--leave_out=EXAMPLES]... [--fold=N] [--steps=N] [--heads=N] MODEL_FOLDER ADAPTER EXAMPLES...
needs: jax, onnx and the protobuf-compiler; a GPU does in half a minute what takes two cores hours

Learned are changes of the encoder's biases and of the parameters of its norms (Ben Zaken et al., BitFit, 2022), by the
cross-entropy between a relevant passage of a question and the softmax over it, the misleading passages of all questions
of the batch and their relevant ones (van den Oord et al., 2018), plus what the vectors have moved from where the model
puts them: without that it gains less on questions that it did not see.

The model is a BERT whose weights are in model.onnx, its vector that of the first token. Before it is trained, its
vectors are compared with those of the graph, so that no other model is trained by mistake.

To say what an adapter is worth, train one without the questions that are asked: --leave_out leaves a set out, --fold
the questions of one fold of five, by a hash of their id, of the first set. Measure those with bedside_eval.
"""
import argparse
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import adapter_file
import bad_input
import message_file
from bad_input import BadInput
from examples import Examples
from folds import FOLDS

STEPS = 600
HEADS = 12


def check(a):
    if set(a.leave_out) - set(a.examples) or set(a.leave_out) == set(a.examples):
        raise BadInput('--leave_out: wanted some of EXAMPLES and not all, got others')
    if a.steps < 1:
        raise BadInput('--steps: wanted 1 or more, got %d' % a.steps)
    if a.fold is not None and a.fold not in range(FOLDS):
        raise BadInput('--fold: wanted 0 to %d, got %d' % (FOLDS - 1, a.fold))
    if a.fold is not None and a.examples[0] in a.leave_out:
        raise BadInput('--fold is of the first set, which --leave_out leaves out')
    message_file.check(a.adapter)


def learn(a, sets):
    """What JAX is for, and imported late for: what is wrong with the arguments is said without it."""
    try:
        from adaptation import SHARE_OF_FIRST, train
        from encoder import Model
    except ModuleNotFoundError as error:
        raise BadInput('wanted jax and onnx for Python, got no module %s; install both with pip' % error.name) from None
    model = Model(a.model, a.heads)
    model.check(sorted(sets[0].questions, key=len)[:3])
    return train(model, sets, a.steps, 0 if a.examples[0] in a.leave_out else SHARE_OF_FIRST)


def description(a):
    names = ', '.join(os.path.basename(path) for path in a.examples if path not in a.leave_out)
    fold = '' if a.fold is None else ' without fold %d of the first' % a.fold
    left_out = ', '.join(os.path.basename(path) for path in a.leave_out) or 'none'
    return 'Trained on %s%s; left out: %s. By tools/adapter/train.py, %d steps.' % (names, fold, left_out, a.steps)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--leave_out', action='append', default=[], metavar='EXAMPLES',
                        help='one of EXAMPLES, which is not trained on')
    parser.add_argument('--fold', type=int, metavar='N', help='of the first set, 0 to 4, which is not trained on')
    parser.add_argument('--steps', type=int, default=STEPS, metavar='N', help='default: %(default)s')
    parser.add_argument('--heads', type=int, default=HEADS, metavar='N',
                        help='of attention, that the model has; default: %(default)s')
    parser.add_argument('model', metavar='MODEL_FOLDER', help='where model.onnx is')
    parser.add_argument('adapter', metavar='ADAPTER', help='file to write')
    parser.add_argument('examples', metavar='EXAMPLES', nargs='+', help='files that adapter_examples wrote')
    a = parser.parse_args()
    check(a)
    sets = [Examples(path, a.fold if path == a.examples[0] else None) for path in a.examples if path not in a.leave_out]
    adapter_file.write(a.adapter, a.model, description(a), learn(a, sets))


if __name__ == '__main__':
    bad_input.run('train.py', main)
