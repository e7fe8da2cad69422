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
import datetime
import hashlib
import json
import os
import subprocess
import sys

import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnx.numpy_helper
import onnx.reference

# The rate, and how much moving counts, were chosen among 1e-3 to 5e-3 and 0 to 2 on two folds of bioasq-dev and on
# MedQuAD's CDC, NINDS and MedlinePlus topics, none of which took part in that training.
RATE = 2e-3
MOVING = 1.0
TEMPERATURE = 0.02
QUESTIONS = 64
MISLEADING = 3
STEPS = 600
# Of the batches, those of the first set; the others share the rest by their size, or all where it is left out.
SHARE_OF_FIRST = 0.5
QUESTION_TOKENS, PASSAGE_TOKENS = 48, 96
FOLDS = 5
HEADS = 12
# Between a vector of the graph and one in the numbers that are trained in, unit vectors both.
MOST_APART = 0.05
ON_CPU = jax.default_backend() == 'cpu'
NUMBER = jnp.float32 if ON_CPU else jnp.bfloat16


def fold_of(question_id):
    return int(hashlib.sha256(question_id.encode()).hexdigest(), 16) % FOLDS


class Examples:
    """A set: `passages` and `questions` as token ids; `relevant` and `misleading` passages of each question."""

    def __init__(self, path, fold):
        self.passages, self.questions, self.relevant, self.misleading = [], [], [], []
        with open(path, encoding='utf-8') as lines:
            for line in map(json.loads, lines):
                if 'passage' in line:
                    self.passages.append(line['passage'])
                elif line['relevant'] and line['misleading'] and fold_of(line['id']) != fold:
                    self.questions.append(line['question'])
                    self.relevant.append(line['relevant'])
                    self.misleading.append(line['misleading'])
        if not self.questions:
            sys.exit('train.py: %s: no question with relevant and misleading passages; was it made of a store of the '
                     'same set?' % path)

    def batch(self, random):
        """Of some questions: their tokens, passages (of each its relevant one first), and which of these answer it."""
        chosen = random.choice(len(self.questions), QUESTIONS, replace=len(self.questions) < QUESTIONS)
        passages = []
        for i in chosen:
            passages.append(random.choice(self.relevant[i]))
            passages += list(random.choice(self.misleading[i], MISLEADING))
        own = np.arange(QUESTIONS) * (1 + MISLEADING)
        known = np.array([np.isin(passages, self.relevant[i]) for i in chosen])
        known[np.arange(QUESTIONS), own] = False
        return dict(question=pad([self.questions[i] for i in chosen], QUESTION_TOKENS),
                    passage=pad([self.passages[i] for i in passages], PASSAGE_TOKENS), own=own, known=known)


def pad(texts, length):
    """Token ids of one length, and how many of each are a text's."""
    ids = np.zeros((len(texts), length), np.int32)
    for row, text in zip(ids, texts):
        row[:len(text[:length])] = text[:length]
    return ids, np.array([min(len(text), length) for text in texts])


class Model:
    """A BERT in ONNX: `embeddings`, and of each tensor of the layers all layers in one."""

    def __init__(self, folder, heads):
        self.graph = onnx.load(os.path.join(folder, 'model.onnx'), load_external_data=False)
        graph = self.graph.graph
        if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in graph.initializer):
            sys.exit('train.py: %s: wanted a model.onnx that holds its weights' % folder)
        self.heads = heads
        tensors = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
        # The matrices have no names of their own; the products that read them do.
        for node in graph.node:
            if node.op_type == 'MatMul' and node.input[1] in tensors:
                name = node.name.strip('/').removesuffix('/MatMul').replace('/', '.')
                tensors[name + '.weight'] = tensors[node.input[1]]
        self.embeddings = {name.split('.', 1)[1]: jnp.array(value) for name, value in tensors.items()
                           if name.startswith('embeddings.')}
        prefix = 'encoder.layer.'
        layers = 1 + max(int(name[len(prefix):].split('.')[0]) for name in tensors if name.startswith(prefix))
        self.layers = {name[len(prefix) + 2:]: jnp.stack([tensors[prefix + '%d.' % i + name[len(prefix) + 2:]]
                                                          for i in range(layers)])
                       for name in tensors if name.startswith(prefix + '0.')}
        self.changed = [name for name, value in self.layers.items() if value.ndim == 2]

    def check(self, texts):
        """Ends the program where the graph gives other vectors of `texts`, token ids."""
        graph = onnx.reference.ReferenceEvaluator(self.graph)
        for text in texts:
            ids = np.array([text], np.int64)
            given = dict(input_ids=ids, attention_mask=np.ones_like(ids), token_type_ids=np.zeros_like(ids))
            first = graph.run(None, {tensor.name: given[tensor.name] for tensor in self.graph.graph.input})[0][0, 0]
            apart = np.linalg.norm(first / np.linalg.norm(first) - self.encode({}, pad([text], len(text)))[0])
            if apart > MOST_APART:
                sys.exit('train.py: the graph gives other vectors than the BERT with %d heads that is trained (%.2f '
                         'apart); set --heads to those of the model' % (self.heads, apart))

    def encode(self, change, texts):
        """Unit vectors of `texts` as pad() gives them, with `change` added to the layers."""
        ids, counts = texts
        length, e = ids.shape[1], self.embeddings
        x = e['word_embeddings.weight'][ids] + e['position_embeddings.weight'][:length] + e['token_type_embeddings.weight'][0]
        x = norm(x, e['LayerNorm.weight'], e['LayerNorm.bias'])
        hidden = jnp.where(jnp.arange(length) < counts[:, None], 0.0, -1e9)[:, None, None, :]
        layers = {name: value + change[name] if name in change else value for name, value in self.layers.items()}
        x, _ = jax.lax.scan(lambda x, layer: (apply_layer(layer, x, hidden, self.heads), None), x, layers)
        first = x[:, 0].astype(jnp.float32)
        return first / jnp.linalg.norm(first, axis=1, keepdims=True)


def norm(x, weight, bias):
    x = x.astype(jnp.float32)
    x = x - x.mean(-1, keepdims=True)
    return (x * jax.lax.rsqrt((x**2).mean(-1, keepdims=True) + 1e-12) * weight + bias).astype(NUMBER)


def apply_layer(layer, x, hidden, heads):
    def linear(name, x):
        return x @ layer[name + '.weight'].astype(NUMBER) + layer[name + '.bias'].astype(NUMBER)

    def by_head(x):
        return x.reshape(*x.shape[:2], heads, -1).transpose(0, 2, 1, 3)

    query, key, value = (by_head(linear('attention.self.' + part, x)) for part in ('query', 'key', 'value'))
    shares = jax.nn.softmax((query @ key.transpose(0, 1, 3, 2)).astype(jnp.float32) / query.shape[-1]**0.5 + hidden)
    mixed = (shares.astype(NUMBER) @ value).transpose(0, 2, 1, 3).reshape(x.shape)
    x = norm(x + linear('attention.output.dense', mixed), layer['attention.output.LayerNorm.weight'],
             layer['attention.output.LayerNorm.bias'])
    bent = jax.nn.gelu(linear('intermediate.dense', x), approximate=False)
    return norm(x + linear('output.dense', bent), layer['output.LayerNorm.weight'], layer['output.LayerNorm.bias'])


def make_step(model):
    def loss(change, batch):
        question, passage = model.encode(change, batch['question']), model.encode(change, batch['passage'])
        scores = jnp.where(batch['known'], -1e9, question @ passage.T / TEMPERATURE)
        missed = -jax.nn.log_softmax(scores)[jnp.arange(len(scores)), batch['own']].mean()
        moved = [((now - jax.lax.stop_gradient(model.encode({}, batch[part])))**2).sum(1).mean()
                 for part, now in (('question', question), ('passage', passage))]
        return missed + MOVING * sum(moved)

    @jax.jit
    def step(change, mean, square, number, rate, batch):
        """Adam (Kingma and Ba, 2015), the gradient cut to length 1."""
        value, gradient = jax.value_and_grad(loss)(change, batch)
        length = jnp.sqrt(sum((g**2).sum() for g in gradient.values()))
        for name in change:
            g = gradient[name] / jnp.maximum(length, 1)
            mean[name], square[name] = 0.9 * mean[name] + 0.1 * g, 0.999 * square[name] + 0.001 * g**2
            change[name] -= (rate * mean[name] / (1 - 0.9**number) /
                             (jnp.sqrt(square[name] / (1 - 0.999**number)) + 1e-8))
        return change, mean, square, value

    return step


def rate_at(number, steps):
    """Rises over a twentieth of the steps, then falls to 0 as half a cosine."""
    rising = max(1, steps // 20)
    falling = np.clip((number - rising) / max(1, steps - rising), 0, 1)
    return RATE * min(1, number / rising) * 0.5 * (1 + np.cos(np.pi * falling))


def train(model, sets, steps, share_of_first):
    random, step = np.random.default_rng(0), make_step(model)
    sizes = np.array([len(examples.questions) for examples in sets], float)
    others = sizes[1:] / max(1, sizes[1:].sum()) * (1 - share_of_first)
    shares = np.append([1 - others.sum()], others) if share_of_first else sizes / sizes.sum()
    change, mean, square = ({name: jnp.zeros_like(model.layers[name]) for name in model.changed} for _ in range(3))
    losses = []
    for number in range(1, steps + 1):
        batch = sets[random.choice(len(sets), p=shares)].batch(random)
        change, mean, square, loss = step(change, mean, square, number, rate_at(number, steps), batch)
        losses.append(float(loss))
        if number % 50 == 0 or number == steps:
            print('step %d of %d: loss %.4f' % (number, steps, np.mean(losses[-50:])), flush=True)
    return change


def write(path, folder, description, change):
    with open(os.path.join(folder, 'model.onnx'), 'rb') as file:
        digest = hashlib.file_digest(file, 'sha256').hexdigest()
    text = ['description: %s' % json.dumps(description), 'model_sha256: "%s"' % digest]
    for name in sorted(change):
        for i, values in enumerate(np.array(change[name])):
            halves = ''.join('\\x%02x' % byte for byte in values.astype('<f2').tobytes())
            text.append('changes { name: "encoder.layer.%d.%s" halves: "%s" }' % (i, name, halves))
    proto = os.path.join('proto', 'bedside', 'storage', 'encoder_adapter.proto')
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    done = subprocess.run(['protoc', '-I' + root, '--encode=bedside.storage.EncoderAdapter', os.path.join(root, proto)],
                          input='\n'.join(text).encode(), stdout=subprocess.PIPE, check=True)
    with open(path, 'wb') as file:
        file.write(done.stdout)


def description(a):
    names = ', '.join(os.path.basename(path) for path in a.examples if path not in a.leave_out)
    fold = ' without fold %d of the first' % a.fold if a.fold >= 0 else ''
    left_out = ', '.join(os.path.basename(path) for path in a.leave_out) or 'none'
    return 'Trained on %s%s; left out: %s. By tools/adapter/train.py, %d steps, %s.' % (
        names, fold, left_out, a.steps, datetime.date.today())


def main():
    parser = argparse.ArgumentParser(description='Trains an adapter of the embedding model.')
    parser.add_argument('--leave_out', action='append', default=[], help='one of EXAMPLES, which is not trained on')
    parser.add_argument('--fold', type=int, default=-1, help='of the first set, 0 to 4, which is not trained on')
    parser.add_argument('--steps', type=int, default=STEPS)
    parser.add_argument('--heads', type=int, default=HEADS, help='of attention, that the model has')
    parser.add_argument('model')
    parser.add_argument('adapter', help='file to write')
    parser.add_argument('examples', nargs='+', help='files that adapter_examples wrote')
    a = parser.parse_args()
    if set(a.leave_out) - set(a.examples) or set(a.leave_out) == set(a.examples) or a.steps < 1:
        sys.exit('train.py: wanted --leave_out to be some of EXAMPLES, and --steps from 1 on')
    has_first = a.examples[0] not in a.leave_out
    if a.fold >= 0 and not has_first:
        sys.exit('train.py: --fold is of the first set, which is left out')
    sets = [Examples(path, a.fold if path == a.examples[0] else -1) for path in a.examples if path not in a.leave_out]
    model = Model(a.model, a.heads)
    model.check(sorted(sets[0].questions, key=len)[:3])
    change = train(model, sets, a.steps, SHARE_OF_FIRST if has_first else 0)
    write(a.adapter, a.model, description(a), change)


if __name__ == '__main__':
    main()
