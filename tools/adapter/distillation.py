"""How an adapter of questions alone learns: what another makes of them behind a prefix, without the prefix."""
import jax.numpy as jnp
import numpy as np

from descent import descend

RATE = 2e-3


def make_loss(model, taught, prefix_tokens):
    """How far vectors of questions, and of their tokens, are from those with `taught` behind the prefix: 1 - cosine."""
    def loss(change, batch):
        first, tokens = model.encode_tokens(change, batch['plain'])
        wanted, wanted_tokens = model.encode_tokens(taught, batch['prefixed'])
        length, counts = tokens.shape[1], batch['plain'][1]
        places = jnp.arange(length)
        own = (places > 0) & (places < counts[:, None] - 1)
        apart = 1 - (tokens * wanted_tokens[:, prefix_tokens:prefix_tokens + length]).sum(-1)
        return (1 - (first * wanted).sum(-1)).mean() + (apart * own).sum() / jnp.maximum(own.sum(), 1)

    return loss


def train(model, taught, questions, steps):
    """`taught`: the changes of the adapter of passages and questions."""
    random = np.random.default_rng(0)
    taught = {name: jnp.array(value) for name, value in taught.items()}
    return descend(make_loss(model, taught, questions.prefix_tokens), dict(taught),
                   lambda: questions.batch(random), RATE, steps)
