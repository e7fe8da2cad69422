#!/usr/bin/env python3
"""Trains a ranker (proto/bedside/storage/ranker_model.proto) on what ranker_features wrote, and says by
cross-validation what it is worth.

usage: train.py FEATURES MODEL     reads FEATURES.jsonl and FEATURES.f32, writes MODEL
needs: python3-numpy, protobuf-compiler

Two nets are trained. `order` by the cross-entropy between the relevant candidates of a question and the softmax of the
scores of all (Cao et al., Learning to rank: from pairwise approach to listwise approach, 2007). `relevance` by the
log-loss of each candidate. Each is the mean of MEMBERS nets from different starts, written as one wide net.

Nothing was chosen by the figures that are printed but what CHOSEN says. Folds are of questions, by a hash of their id.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

# Tried on bioasq-dev: units 0, 32 and 64, decay 1e-3, 3e-3 and 5e-3; differences were below 0.002 but for 0 units.
CHOSEN = dict(units=32, decay=3e-3)
MEMBERS = 4
EPOCHS = 40
BATCH = 32
RATE = 3e-3
FOLDS = 5
CLIP = 5.0


class Questions:
    """Candidates of all questions, padded to one number: features [question, candidate, feature], grades and mask."""

    def __init__(self, path):
        with open(path + '.jsonl', encoding='utf-8') as lines:
            header = json.loads(next(lines))
            records = [json.loads(line) for line in lines]
        self.features, self.embedder = header['features'], header['embedder']
        self.ids = [record['id'] for record in records]
        self.judged = [record['judged'] for record in records]
        self.documents = [np.array(record['documents']) for record in records]
        counts = [len(record['grades']) for record in records]
        rows = np.fromfile(path + '.f32', np.float32).reshape(-1, len(self.features))
        self.x = np.zeros((len(records), max(counts), len(self.features)), np.float32)
        self.grades = np.zeros(self.x.shape[:2], np.float32)
        self.mask = np.zeros(self.x.shape[:2], bool)
        begin = 0
        for i, (record, count) in enumerate(zip(records, counts)):
            self.x[i, :count] = rows[begin:begin + count]
            self.grades[i, :count] = record['grades']
            self.mask[i, :count] = True
            begin += count


def fold_of(question_id):
    return int(hashlib.sha256(question_id.encode()).hexdigest(), 16) % FOLDS


class Net:
    """skip . z + output . max(0, hidden z + hidden_bias) + bias."""

    def __init__(self, inputs, units, seed):
        random = np.random.default_rng(seed)
        self.p = {
            'skip': np.zeros(inputs, np.float32),
            'hidden': random.normal(0, inputs**-0.5, (inputs, units)).astype(np.float32),
            'hidden_bias': np.zeros(units, np.float32),
            'output': random.normal(0, 0.1, units).astype(np.float32),
            'bias': np.zeros(1, np.float32),
        }

    def score(self, z):
        self.z, self.bent = z, np.maximum(0, z @ self.p['hidden'] + self.p['hidden_bias'])
        return z @ self.p['skip'] + self.bent @ self.p['output'] + self.p['bias']

    def gradient(self, slope, decay):
        """Of the loss, from its slope by each score of the last call."""
        z, bent = self.z.reshape(-1, self.z.shape[-1]), self.bent.reshape(-1, self.bent.shape[-1])
        slope = slope.reshape(-1)
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
    known = questions.x[chosen][questions.mask[chosen]]
    mean, deviation = known.mean(0), known.std(0) + 1e-6
    net = Net(questions.x.shape[2], CHOSEN['units'], seed)
    adam = Adam(net.p, EPOCHS * (len(chosen) // BATCH))
    random = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        order = random.permutation(chosen)
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[begin:begin + BATCH]
            z = np.clip((questions.x[batch] - mean) / deviation, -CLIP, CLIP)
            relevant = (questions.grades[batch] > 0).astype(np.float32)
            gradient = net.gradient(slope(net.score(z), relevant, questions.mask[batch]).astype(np.float32),
                                    CHOSEN['decay'] if slope is order_slope else 1e-5)
            adam.update(gradient)
    return mean, deviation, net


class Members:
    """Nets whose scores are averaged."""

    def __init__(self, questions, chosen, slope):
        self.members = [train(questions, chosen, slope, seed) for seed in range(MEMBERS)]

    def score(self, x):
        return np.mean([net.score(np.clip((x - mean) / deviation, -CLIP, CLIP))
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


def rankings(questions, scores):
    """For each question the grades of its documents, best first: a document stands where its first passage does."""
    for i, documents in enumerate(questions.documents):
        order = np.argsort(-scores[i, :len(documents)], kind='stable')
        first = np.sort(np.unique(documents[order], return_index=True)[1])
        yield questions.grades[i, order[first]]


def ndcg(questions, scores):
    discounts = 1 / np.log2(np.arange(2, 12))
    gains = [(grades[:10] * discounts[:len(grades)]).sum() for grades in rankings(questions, scores)]
    ideal = [(np.sort(grades)[::-1][:10] * discounts[:min(10, len(grades))]).sum() for grades in questions.judged]
    return np.array(gains) / np.array(ideal)


def recall(questions, scores, count):
    found = [(grades[:count] > 0).sum() for grades in rankings(questions, scores)]
    return np.array(found) / np.array([sum(grade > 0 for grade in grades) for grades in questions.judged])


def cross_validate(questions):
    """Scores and relevance of each candidate by nets that did not see its question; and the share of it that a
    threshold passes which keeps nine tenths of the relevant among the first 16 of the other questions."""
    folds = np.array([fold_of(question_id) for question_id in questions.ids])
    scores, odds = np.zeros(questions.grades.shape), np.zeros(questions.grades.shape)
    passed = np.zeros(questions.grades.shape, bool)
    for fold in range(FOLDS):
        seen, unseen = np.where(folds != fold)[0], np.where(folds == fold)[0]
        order, relevance = Members(questions, seen, order_slope), Members(questions, seen, relevance_slope)
        scores[unseen], odds[unseen] = order.score(questions.x[unseen]), relevance.score(questions.x[unseen])
        first = top16(questions, order.score(questions.x[seen]), seen)
        relevant = first & (questions.grades[seen] > 0)
        threshold = np.quantile(relevance.score(questions.x[seen])[relevant], 0.09)
        passed[unseen] = odds[unseen] >= threshold
    return scores, 1 / (1 + np.exp(-odds)), passed


def top16(questions, scores, chosen):
    mask = questions.mask[chosen]
    ranks = np.argsort(np.argsort(-np.where(mask, scores, -np.inf), axis=1, kind='stable'), axis=1)
    return mask & (ranks < 16)


def interval(values):
    means = [np.mean(np.random.default_rng(i).choice(values, len(values))) for i in range(1000)]
    return '%.4f (95 %% %.4f to %.4f)' % (np.mean(values), *np.quantile(means, [0.025, 0.975]))


def calibration_error(questions, scores, relevance):
    """Expected calibration error over the first 16 of each question, in ten bins of equal size."""
    first = top16(questions, scores, np.arange(len(questions.ids)))
    said, is_so = relevance[first], questions.grades[first] > 0
    bins = np.array_split(np.argsort(said), 10)
    return sum(len(b) * abs(said[b].mean() - is_so[b].mean()) for b in bins) / len(said)


def report(questions):
    scores, relevance, passed = cross_validate(questions)
    fused = questions.x[:, :, questions.features.index('fused')]
    for name, values in (('fusion', fused), ('ranker, unseen questions', scores)):
        print('%s: nDCG@10 %s, recall@100 %s' % (name, interval(ndcg(questions, values)),
                                                  interval(recall(questions, values, 100))))
    gain = ndcg(questions, scores) - ndcg(questions, fused)
    print('gain in nDCG@10: %s' % interval(gain))
    first = top16(questions, scores, np.arange(len(questions.ids)))
    relevant = questions.grades > 0
    print('filter over the first 16: removes %.3f of the irrelevant and %.3f of the relevant' %
          ((first & ~relevant & ~passed).sum() / (first & ~relevant).sum(),
           (first & relevant & ~passed).sum() / (first & relevant).sum()))
    print('relevance: calibration error %.4f over the first 16' % calibration_error(questions, scores, relevance))


def write(questions, path):
    chosen = np.arange(len(questions.ids))
    order, relevance = Members(questions, chosen, order_slope), Members(questions, chosen, relevance_slope)
    text = 'description: %s\nembedder_id: %s\n%s\norder { %s }\nrelevance { %s }\n' % (
        json.dumps('%d questions, by tools/ranker/train.py' % len(questions.ids)), json.dumps(questions.embedder),
        '\n'.join('features: ' + json.dumps(name) for name in questions.features), order.message(),
        relevance.message())
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with tempfile.TemporaryFile() as source, open(path, 'wb') as target:
        source.write(text.encode())
        source.seek(0)
        subprocess.run(['protoc', '-I' + root, '--encode=bedside.storage.RankerModel',
                        'proto/bedside/storage/ranker_model.proto'], stdin=source, stdout=target, cwd=root, check=True)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    questions = Questions(sys.argv[1])
    report(questions)
    write(questions, sys.argv[2])


if __name__ == '__main__':
    main()
