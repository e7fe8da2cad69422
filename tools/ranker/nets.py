"""The nets of a ranker, and how they learn."""
import numpy as np

from bad_input import BadInput

# Tried on bioasq-dev: units 0, 32 and 64, decay 1e-3, 3e-3 and 5e-3; differences were below 0.002 but for 0 units.
CHOSEN = dict(units=32, decay=3e-3)
# What `relevance` sees: a logistic regression on what means the same in every set. With all features and a hidden layer it
# did better on sets that it saw, and was wrong about others: half of what was relevant in one of them lay below its
# threshold.
RELEVANCE = ['dense', 'interaction', 'interaction_weakest', 'rarity_held', 'rarest_missed']
RELEVANCE_DECAY = 1e-5
MEMBERS = 6
BATCH = 32
RATE = 3e-3
CLIP = 5.0


class Net:
    """skip . z + output . max(0, hidden z + hidden_bias) + bias."""

    def __init__(self, used, units, seed):
        """`used`: of each input, whether the net sees it."""
        random = np.random.default_rng(seed)
        inputs = len(used)
        self.p = {
            'skip': np.zeros(inputs, np.float32),
            'hidden': (random.normal(0, inputs**-0.5, (inputs, units)) * used[:, None]).astype(np.float32),
            'hidden_bias': np.zeros(units, np.float32),
            'output': random.normal(0, 0.1, units).astype(np.float32),
            'bias': np.zeros(1, np.float32),
        }

    def score(self, z):
        self.z, self.bent = z, np.maximum(0, z @ self.p['hidden'] + self.p['hidden_bias'])
        return z @ self.p['skip'] + self.bent @ self.p['output'] + self.p['bias']

    def gradient(self, slope, decay):
        """Of the loss, from its slope by each score of the last call."""
        z, slope = self.z.reshape(-1, self.z.shape[-1]), slope.reshape(-1)
        bent = self.bent.reshape(len(z), self.bent.shape[-1])
        back = (bent > 0) * (slope[:, None] * self.p['output'])
        gradient = {'skip': slope @ z, 'hidden': z.T @ back, 'hidden_bias': back.sum(0), 'output': slope @ bent,
                    'bias': slope.sum(keepdims=True)}
        return {name: value + 2 * decay * self.p[name] for name, value in gradient.items()}


class Adam:
    """Kingma and Ba, Adam: a method for stochastic optimization (2015), its rate falling to 0 as half a cosine."""

    def __init__(self, parameters, steps):
        self.p, self.steps, self.step = parameters, steps, 0
        self.mean = {name: np.zeros_like(value) for name, value in parameters.items()}
        self.square = {name: np.zeros_like(value) for name, value in parameters.items()}

    def update(self, gradient):
        rate = RATE * 0.5 * (1 + np.cos(np.pi * self.step / self.steps))
        self.step += 1
        for name, slope in gradient.items():
            self.mean[name] += 0.1 * (slope - self.mean[name])
            self.square[name] += 0.001 * (slope**2 - self.square[name])
            mean = self.mean[name] / (1 - 0.9**self.step)
            square = self.square[name] / (1 - 0.999**self.step)
            self.p[name] -= rate * mean / (np.sqrt(square) + 1e-8)


def order_slope(scores, relevant, mask):
    """Slope of the cross-entropy of relevant candidates under the softmax over a question, a relevant candidate."""
    scores = np.where(mask, scores, -1e9)
    shares = np.exp(scores - scores.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    wanted = relevant.sum(1, keepdims=True)
    return (shares * wanted - relevant) / max(relevant.sum(), 1)


def relevance_slope(scores, relevant, mask):
    """Slope of the mean log-loss."""
    return mask * (1 / (1 + np.exp(-scores)) - relevant) / mask.sum()


def train(questions, chosen, slope, seed):
    """The mean and deviation of the inputs, and a net, of the questions `chosen`."""
    if len(chosen) < BATCH:
        raise BadInput('wanted %d questions to train a net on, got %d; name more sets' % (BATCH, len(chosen)))
    known = questions.x[chosen][questions.mask[chosen]]
    mean, deviation = known.mean(0), known.std(0) + 1e-6
    is_order = slope is order_slope
    used = np.array([is_order or name in RELEVANCE for name in questions.features])
    net = Net(used, CHOSEN['units'] if is_order else 0, seed)
    adam = Adam(net.p, questions.epochs() * (len(chosen) // BATCH))
    for batch in batches(chosen, questions.epochs(), seed):
        scores = net.score(standardised(questions.x[batch], mean, deviation) * used)
        relevant = (questions.grades[batch] > 0).astype(np.float32)
        slopes = slope(scores, relevant, questions.mask[batch]).astype(np.float32)
        adam.update(net.gradient(slopes, CHOSEN['decay'] if is_order else RELEVANCE_DECAY))
    return mean, deviation, net


def batches(chosen, epochs, seed):
    """Whole batches only: what is left over in one pass is met in another."""
    random = np.random.default_rng(seed)
    for _ in range(epochs):
        order = random.permutation(chosen)
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            yield order[begin:begin + BATCH]


def standardised(x, mean, deviation):
    return np.clip((x - mean) / deviation, -CLIP, CLIP)


class Members:
    """Nets whose scores are averaged."""

    def __init__(self, questions, chosen, slope):
        self.members = [train(questions, chosen, slope, seed) for seed in range(MEMBERS)]

    def score(self, x):
        return np.mean([net.score(standardised(x, mean, deviation))
                        for mean, deviation, net in self.members], axis=0)

    def message(self):
        """As one net, in protobuf's text format."""
        mean, deviation, _ = self.members[0]
        nets = [net.p for _, _, net in self.members]
        fields = {
            'mean': mean, 'deviation': deviation, 'skip': np.mean([net['skip'] for net in nets], axis=0),
            'hidden': np.concatenate([net['hidden'] for net in nets], axis=1).reshape(-1),
            'hidden_bias': np.concatenate([net['hidden_bias'] for net in nets]),
            'output': np.concatenate([net['output'] for net in nets]) / MEMBERS,
        }
        lines = ['%s: [%s]' % (name, ', '.join('%.7g' % value for value in values)) for name, values in fields.items()]
        return '\n'.join(lines + ['bias: %.7g' % np.mean([net['bias'][0] for net in nets])])
