"""Adam (Kingma and Ba, 2015), the gradient cut to length 1, at a rate that rises and falls."""
import jax
import jax.numpy as jnp
import numpy as np


def make_step(loss):
    @jax.jit
    def step(change, mean, square, number, rate, batch):
        value, gradient = jax.value_and_grad(loss)(change, batch)
        length = jnp.sqrt(sum((g**2).sum() for g in gradient.values()))
        for name in change:
            g = gradient[name] / jnp.maximum(length, 1)
            mean[name], square[name] = 0.9 * mean[name] + 0.1 * g, 0.999 * square[name] + 0.001 * g**2
            change[name] -= (rate * mean[name] / (1 - 0.9**number) /
                             (jnp.sqrt(square[name] / (1 - 0.999**number)) + 1e-8))
        return change, mean, square, value

    return step


def rate_at(rate, number, steps):
    """Rises to `rate` over a twentieth of the steps, then falls to 0 as half a cosine."""
    rising = max(1, steps // 20)
    falling = np.clip((number - rising) / max(1, steps - rising), 0, 1)
    return rate * min(1, number / rising) * 0.5 * (1 + np.cos(np.pi * falling))


def descend(loss, change, draw_batch, rate, steps):
    """What `change`, arrays by name, becomes in as many steps down `loss`, a function of it and of a batch."""
    step = make_step(loss)
    mean, square = ({name: jnp.zeros_like(value) for name, value in change.items()} for _ in range(2))
    losses = []
    for number in range(1, steps + 1):
        change, mean, square, value = step(change, mean, square, number, rate_at(rate, number, steps), draw_batch())
        losses.append(float(value))
        if number % 50 == 0 or number == steps:
            print('step %d of %d: loss %.4f' % (number, steps, np.mean(losses[-50:])), flush=True)
    return change
