"""How an adapter learns: examples in, changes of the encoder's biases and norms out."""
import jax
import jax.numpy as jnp
import numpy as np

# The rate, and how much moving counts, were chosen among 1e-3 to 5e-3 and 0 to 2 on two folds of bioasq-dev and on
# MedQuAD's CDC, NINDS and MedlinePlus topics, none of which took part in that training.
RATE = 2e-3
MOVING = 1.0
TEMPERATURE = 0.02
# Of the batches, those of the first set; the others share the rest by their size, or all where it is left out.
SHARE_OF_FIRST = 0.5


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
