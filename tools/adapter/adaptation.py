"""How an adapter learns: examples in, changes of the encoder's biases and norms out."""
import jax
import jax.numpy as jnp
import numpy as np

from descent import descend

# The rate, and how much moving counts, were chosen among 1e-3 to 5e-3 and 0 to 2 on two folds of bioasq-dev and on
# MedQuAD's CDC, NINDS and MedlinePlus topics, none of which took part in that training.
RATE = 2e-3
MOVING = 1.0
TEMPERATURE = 0.02
# Of the batches, those of the first set; the others share the rest by their size, or all where it is left out.
SHARE_OF_FIRST = 0.5


def make_loss(model):
    def loss(change, batch):
        question, passage = model.encode(change, batch['question']), model.encode(change, batch['passage'])
        scores = jnp.where(batch['known'], -1e9, question @ passage.T / TEMPERATURE)
        missed = -jax.nn.log_softmax(scores)[jnp.arange(len(scores)), batch['own']].mean()
        moved = [((now - jax.lax.stop_gradient(model.encode({}, batch[part])))**2).sum(1).mean()
                 for part, now in (('question', question), ('passage', passage))]
        return missed + MOVING * sum(moved)

    return loss


def train(model, sets, steps, share_of_first):
    random = np.random.default_rng(0)
    sizes = np.array([len(examples.questions) for examples in sets], float)
    others = sizes[1:] / max(1, sizes[1:].sum()) * (1 - share_of_first)
    shares = np.append([1 - others.sum()], others) if share_of_first else sizes / sizes.sum()

    def draw_batch():
        return sets[random.choice(len(sets), p=shares)].batch(random)

    unchanged = {name: jnp.zeros_like(model.layers[name]) for name in model.changed}
    return descend(make_loss(model), unchanged, draw_batch, RATE, steps)
