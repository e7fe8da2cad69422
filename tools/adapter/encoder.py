"""The encoder whose biases and norms are changed, in JAX."""
import os

import google.protobuf.message
import jax
import jax.numpy as jnp
import numpy as np
import onnx
import onnx.numpy_helper
import onnx.reference

from bad_input import BadInput, reading
from examples import pad

# Between a vector of the graph and one in the numbers that are trained in, unit vectors both.
MOST_APART = 0.05
NUMBER = jnp.float32 if jax.default_backend() == 'cpu' else jnp.bfloat16


LAYER = 'encoder.layer.%d.'
LAST_OF_LAYER = LAYER + 'output.LayerNorm.bias'


def read_graph(folder):
    path = os.path.join(folder, 'model.onnx')
    try:
        with reading(path):
            graph = onnx.load(path, load_external_data=False)
    except google.protobuf.message.DecodeError:
        raise BadInput('%s: wanted a model in ONNX, got other bytes' % path) from None
    if any(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in graph.graph.initializer):
        raise BadInput('%s: wanted a model.onnx that holds its weights, got one with some beside it' % folder)
    return graph


def tensors_of(graph):
    """By name. The matrices have no names of their own; the products that read them do."""
    tensors = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == 'MatMul' and node.input[1] in tensors:
            name = node.name.strip('/').removesuffix('/MatMul').replace('/', '.')
            tensors[name + '.weight'] = tensors[node.input[1]]
    return tensors


class Model:
    """A BERT in ONNX: `embeddings`, and of each tensor of the layers all layers in one."""

    def __init__(self, folder, heads):
        self.graph, self.heads = read_graph(folder), heads
        tensors = tensors_of(self.graph.graph)
        count = sum(LAST_OF_LAYER % i in tensors for i in range(len(tensors)))
        if not count:
            raise BadInput('%s: wanted a BERT with tensors like %s, got none' % (folder, LAST_OF_LAYER % 0))
        self.embeddings = {name.split('.', 1)[1]: jnp.array(value) for name, value in tensors.items()
                           if name.startswith('embeddings.')}
        names = [name.removeprefix(LAYER % 0) for name in tensors if name.startswith(LAYER % 0)]
        self.layers = {name: jnp.stack([tensors[LAYER % i + name] for i in range(count)]) for name in names}
        self.changed = [name for name, value in self.layers.items() if value.ndim == 2]
        width = self.layers['output.LayerNorm.bias'].shape[1]
        if heads < 1 or width % heads:
            raise BadInput('--heads: wanted a divisor of %d, the width of the model, got %d' % (width, heads))

    def check(self, texts):
        """BadInput where the graph gives other vectors of `texts`, token ids."""
        graph = onnx.reference.ReferenceEvaluator(self.graph)
        for text in texts:
            ids = np.array([text], np.int64)
            given = dict(input_ids=ids, attention_mask=np.ones_like(ids), token_type_ids=np.zeros_like(ids))
            first = graph.run(None, {tensor.name: given[tensor.name] for tensor in self.graph.graph.input})[0][0, 0]
            apart = np.linalg.norm(first / np.linalg.norm(first) - self.encode({}, pad([text], len(text)))[0])
            if apart > MOST_APART:
                raise BadInput('the graph gives other vectors than the BERT with %d heads that is trained (%.2f apart); '
                               'set --heads to those of the model' % (self.heads, apart))

    def encode(self, change, texts):
        """Unit vectors of `texts` as pad() gives them, with `change` added to the layers."""
        return self.encode_tokens(change, texts)[0]

    def encode_tokens(self, change, texts):
        """As encode, and unit vectors of all tokens as the last layer reads them."""
        ids, counts = texts
        length, e = ids.shape[1], self.embeddings
        x = e['word_embeddings.weight'][ids] + e['position_embeddings.weight'][:length] + e['token_type_embeddings.weight'][0]
        x = norm(x, e['LayerNorm.weight'], e['LayerNorm.bias'])
        hidden = jnp.where(jnp.arange(length) < counts[:, None], 0.0, -1e9)[:, None, None, :]
        layers = {name: value + change[name] if name in change else value for name, value in self.layers.items()}
        last = {name: value[-1] for name, value in layers.items()}
        before = {name: value[:-1] for name, value in layers.items()}
        x, _ = jax.lax.scan(lambda x, layer: (apply_layer(layer, x, hidden, self.heads), None), x, before)
        return unit(apply_layer(last, x, hidden, self.heads)[:, 0]), unit(x)


def unit(x):
    x = x.astype(jnp.float32)
    return x / jnp.linalg.norm(x, axis=-1, keepdims=True)


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
