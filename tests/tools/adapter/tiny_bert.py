#!/usr/bin/env python3
"""Makes a BERT of two layers, and examples in which it is known what an adapter has to learn.

usage: tiny_bert.py FOLDER     writes model.onnx, tokenizer.json, examples.jsonl and questions.txt into it
needs: onnx and numpy for Python

A question is the word qN, the passage that answers it the word pN. Of the vector of a word the first values are the topic
N, the same for both words, the others chance. So questions and their passages come closer to each other, those of topics
too that were never trained on, where the norms weigh the first values more and the others less.
"""
import json
import os
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

TOPICS = 120
# Of these there are examples; the others are held out.
TRAINED = 80
WIDTH, OF_TOPIC, HEADS, LAYERS, PLACES = 16, 6, 2, 2, 128
SPECIAL = {'[PAD]': 0, '[CLS]': 1, '[SEP]': 2, '[UNK]': 3}


class Graph:
    """Nodes and tensors under way."""

    def __init__(self):
        self.nodes, self.tensors, self.count = [], [], 0

    def tensor(self, values, name=None):
        self.count += 1
        name = name or 'constant_%d' % self.count
        self.tensors.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, operation, *inputs, name=None, **attributes):
        self.count += 1
        output = 'value_%d' % self.count
        self.nodes.append(helper.make_node(operation, list(inputs), [output], name=name or output, **attributes))
        return output

    def floats(self, values, name=None):
        return self.tensor(np.asarray(values, np.float32), name)

    def linear(self, x, name, weight):
        """As exporters write it: the product has the name of the part, its matrix one without meaning."""
        product = self.node('MatMul', x, self.floats(weight), name='/%s/MatMul' % name.replace('.', '/'))
        return self.node('Add', product, self.floats(np.zeros(weight.shape[1]), name + '.bias'))

    def norm(self, x, name):
        apart = self.node('Sub', x, self.node('ReduceMean', x, axes=[-1]))
        spread = self.node('ReduceMean', self.node('Mul', apart, apart), axes=[-1])
        root = self.node('Sqrt', self.node('Add', spread, self.floats(1e-12)))
        scaled = self.node('Mul', self.node('Div', apart, root), self.floats(np.ones(WIDTH), name + '.weight'))
        return self.node('Add', scaled, self.floats(np.zeros(WIDTH), name + '.bias'))

    def gelu(self, x):
        bent = self.node('Add', self.node('Erf', self.node('Div', x, self.floats(2**0.5))), self.floats(1))
        return self.node('Mul', self.node('Mul', x, bent), self.floats(0.5))


def words_of(random):
    """A vector a token: none of the special ones says anything."""
    topics = random.normal(size=(TOPICS, OF_TOPIC))
    words = random.normal(size=(2 * TOPICS, WIDTH))
    words[:, :OF_TOPIC] = np.concatenate([topics, topics])
    return np.concatenate([np.zeros((len(SPECIAL), WIDTH)), words])


def embed(graph, random):
    words = graph.node('Gather', graph.floats(words_of(random), 'embeddings.word_embeddings.weight'), 'input_ids')
    length = graph.node('Slice', graph.node('Shape', 'input_ids'), graph.tensor(np.array([1])), graph.tensor(np.array([2])))
    places = graph.node('Slice', graph.floats(np.zeros((PLACES, WIDTH)), 'embeddings.position_embeddings.weight'),
                        graph.tensor(np.array([0])), length, graph.tensor(np.array([0])))
    kinds = graph.node('Gather', graph.floats(np.zeros((2, WIDTH)), 'embeddings.token_type_embeddings.weight'),
                       'token_type_ids')
    return graph.norm(graph.node('Add', graph.node('Add', words, places), kinds), 'embeddings.LayerNorm')


def attend(graph, x, hidden, name):
    def by_head(part, weight, order):
        parts = graph.node('Reshape', graph.linear(x, name + 'attention.self.' + part, weight),
                           graph.tensor(np.array([0, 0, HEADS, WIDTH // HEADS])))
        return graph.node('Transpose', parts, perm=order)

    flat = np.zeros((WIDTH, WIDTH))
    query, key = by_head('query', flat, [0, 2, 1, 3]), by_head('key', flat, [0, 2, 3, 1])
    value = by_head('value', np.eye(WIDTH), [0, 2, 1, 3])
    scores = graph.node('Div', graph.node('MatMul', query, key), graph.floats((WIDTH // HEADS)**0.5))
    shares = graph.node('Softmax', graph.node('Add', scores, hidden), axis=-1)
    mixed = graph.node('Transpose', graph.node('MatMul', shares, value), perm=[0, 2, 1, 3])
    return graph.node('Reshape', mixed, graph.tensor(np.array([0, 0, WIDTH])))


def apply_layer(graph, x, hidden, name, random):
    mixed = graph.linear(attend(graph, x, hidden, name), name + 'attention.output.dense', np.eye(WIDTH))
    x = graph.norm(graph.node('Add', x, mixed), name + 'attention.output.LayerNorm')
    wide = graph.linear(x, name + 'intermediate.dense', random.normal(0, 0.1, (WIDTH, 2 * WIDTH)))
    narrow = graph.linear(graph.gelu(wide), name + 'output.dense', random.normal(0, 0.1, (2 * WIDTH, WIDTH)))
    return graph.norm(graph.node('Add', x, narrow), name + 'output.LayerNorm')


def make_model():
    random, graph = np.random.default_rng(0), Graph()
    mask = graph.node('Cast', graph.node('Unsqueeze', 'attention_mask', graph.tensor(np.array([1, 2]))), to=1)
    hidden = graph.node('Mul', graph.node('Sub', graph.floats(1), mask), graph.floats(-1e9))
    x = embed(graph, random)
    for i in range(LAYERS):
        x = apply_layer(graph, x, hidden, 'encoder.layer.%d.' % i, random)
    inputs = [helper.make_tensor_value_info(name, onnx.TensorProto.INT64, ['texts', 'tokens'])
              for name in ('input_ids', 'attention_mask', 'token_type_ids')]
    graph.nodes.append(helper.make_node('Identity', [x], ['vectors'], name='vectors'))
    output = helper.make_tensor_value_info('vectors', onnx.TensorProto.FLOAT, ['texts', 'tokens', WIDTH])
    return helper.make_model(helper.make_graph(graph.nodes, 'bert', inputs, [output], graph.tensors), ir_version=8,
                             opset_imports=[helper.make_opsetid('', 13)])


def ends():
    """Puts a token before a text and one behind it."""
    def part(kind, name):
        return {kind: {'id': name, 'type_id': 0}}

    tokens = {name: {'id': name, 'ids': [SPECIAL[name]], 'tokens': [name]} for name in ('[CLS]', '[SEP]')}
    single = [part('SpecialToken', '[CLS]'), part('Sequence', 'A'), part('SpecialToken', '[SEP]')]
    return {'type': 'TemplateProcessing', 'single': single, 'pair': single, 'special_tokens': tokens}


def tokenizer():
    words = ['%s%d' % (kind, topic) for kind in 'qp' for topic in range(TOPICS)]
    vocabulary = dict(SPECIAL, **{word: len(SPECIAL) + i for i, word in enumerate(words)})
    return {'version': '1.0', 'added_tokens': [], 'post_processor': ends(),
            'normalizer': {'type': 'BertNormalizer', 'lowercase': True, 'clean_text': True,
                           'handle_chinese_chars': True, 'strip_accents': None},
            'pre_tokenizer': {'type': 'BertPreTokenizer'},
            'model': {'type': 'WordPiece', 'unk_token': '[UNK]', 'continuing_subword_prefix': '##',
                      'max_input_chars_per_word': 100, 'vocab': vocabulary}}


def examples():
    """As adapter_examples writes them: passages, then questions."""
    def text(word):
        return [SPECIAL['[CLS]'], len(SPECIAL) + word, SPECIAL['[SEP]']]

    lines = [{'passage': text(TOPICS + topic)} for topic in range(TRAINED)]
    lines += [{'id': 'q%d' % topic, 'question': text(topic), 'relevant': [topic],
               'misleading': [other for other in range(TRAINED) if other != topic]} for topic in range(TRAINED)]
    return ''.join(json.dumps(line) + '\n' for line in lines)


def main(folder):
    os.makedirs(folder)
    onnx.save(make_model(), os.path.join(folder, 'model.onnx'))
    questions = ''.join('q%d q%d\n' % (topic, (topic * 7 + 1) % TRAINED) for topic in range(TRAINED))
    for name, text in [('tokenizer.json', json.dumps(tokenizer())), ('examples.jsonl', examples()),
                       ('questions.txt', questions)]:
        with open(os.path.join(folder, name), 'w') as file:
            file.write(text)


if __name__ == '__main__':
    main(sys.argv[1])
