#!/usr/bin/env python3
"""Trains a ranker (proto/bedside/storage/ranker_model.proto) on what ranker_features wrote, and says by
cross-validation what it is worth.

usage: train.py [--embedder=ID] MODEL FEATURES...     reads FEATURES.jsonl and FEATURES.f32 of each set, writes MODEL
needs: python3-numpy, protobuf-compiler

Each set is reported by a ranker that saw four fifths of all sets and none of the questions that are reported, and,
where there are several, by one that saw nothing of the set. Train on several: what a ranker learns of one kind of
question may be wrong for another.

Where an adapter of the encoder learned from the same questions, features by it are too good to learn from. Then name of
each set features by adapters that did not see it: A, or A,B,C,D,E, five of which tools/adapter/train.py --fold left out
one fold each; a question is taken from those of its fold. Their embedders differ from the one that serves, which
--embedder names: the id of `embedder` in the answers of its server.

`order` is a net, trained by the cross-entropy between the relevant candidates of a question and the softmax of the
scores of all (Cao et al., Learning to rank: from pairwise approach to listwise approach, 2007); `relevance` is trained
by the log-loss of each candidate. A net is the mean of MEMBERS nets from different starts, written as one wide net.

Nothing was chosen by the figures that are printed but what CHOSEN says. Folds are of questions, by a hash of their id.
"""
import argparse
import copy
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

# Tried on bioasq-dev: units 0, 32 and 64, decay 1e-3, 3e-3 and 5e-3; differences were below 0.002 but for 0 units.
CHOSEN = dict(units=32, decay=3e-3)
# What `relevance` sees: a logistic regression on what means the same in every set. With all features and a hidden layer it
# did better on sets that it saw, and was wrong about others: half of what was relevant in one of them lay below its
# threshold.
RELEVANCE = ['dense', 'interaction', 'interaction_weakest', 'rarity_held', 'rarest_missed']
# Of the relevant candidates among the first 16, those that lie below the threshold: a tenth may at most.
BELOW_THRESHOLD = 0.06
MEMBERS = 6
# Passes over the questions, of one set and of several; each step sees as many.
EPOCHS = 40
EPOCHS_OF_SEVERAL = 15
BATCH = 32
RATE = 3e-3
FOLDS = 5
CLIP = 5.0


class Questions:
    """Candidates of the questions of all sets, padded to one number: features [question, candidate, feature], grades and
    mask."""

    def __init__(self, sets, embedder):
        """`sets`: of each the paths of its features, one or one a fold. `embedder`: empty where all have the same."""
        self.embedder, self.embedder_is_given, self.features = embedder, embedder != '', None
        records, rows, self.set_of = [], [], []
        for number, paths in enumerate(sets):
            for fold, path in enumerate(paths):
                kept, kept_rows = self.read(path, fold if len(paths) > 1 else None)
                records += kept
                rows += kept_rows
            self.set_of += [number] * (len(records) - len(self.set_of))
        self.set_of, self.sets = np.array(self.set_of), [os.path.basename(paths[0]) for paths in sets]
        self.ids = [record['id'] for record in records]
        self.judged = [record['judged'] for record in records]
        # The others are questions whose relevant documents were left out.
        self.answered = np.array([len(judged) > 0 for judged in self.judged])
        self.documents = [np.array(record['documents']) for record in records]
        self.fill(np.concatenate(rows), [record['grades'] for record in records])

    def read(self, path, fold):
        """The records of the questions of `fold`, or of all, and of each the features of its candidates."""
        with open(path + '.jsonl', encoding='utf-8') as lines:
            header = json.loads(next(lines))
            records = [json.loads(line) for line in lines]
        self.embedder, self.features = self.embedder or header['embedder'], self.features or header['features']
        if header['features'] != self.features:
            sys.exit(path + ': other features than those before; write them again')
        if header['embedder'] != self.embedder and not self.embedder_is_given:
            sys.exit(path + ': by another embedder than those before; write them again, or name the one with --embedder')
        ends = np.cumsum([len(record['documents']) for record in records])
        rows = np.split(np.fromfile(path + '.f32', np.float32).reshape(-1, len(self.features)), ends[:-1])
        kept = [i for i, record in enumerate(records) if fold is None or fold_of(record['id']) == fold]
        return [records[i] for i in kept], [rows[i] for i in kept]

    def fill(self, rows, grades):
        self.x = np.zeros((len(grades), max(map(len, grades)), len(self.features)), np.float32)
        self.grades = np.zeros(self.x.shape[:2], np.float32)
        self.mask = np.zeros(self.x.shape[:2], bool)
        begin = 0
        for i, of_question in enumerate(grades):
            self.x[i, :len(of_question)] = rows[begin:begin + len(of_question)]
            self.grades[i, :len(of_question)] = of_question
            self.mask[i, :len(of_question)] = True
            begin += len(of_question)

    def only(self, chosen):
        """The questions `chosen`, as far as measures need them."""
        some = copy.copy(self)
        some.documents, some.judged = [self.documents[i] for i in chosen], [self.judged[i] for i in chosen]
        some.x, some.grades, some.mask = self.x[chosen], self.grades[chosen], self.mask[chosen]
        some.answered = self.answered[chosen]
        return some

    def epochs(self):
        return EPOCHS if len(self.sets) == 1 else EPOCHS_OF_SEVERAL


def fold_of(question_id):
    return int(hashlib.sha256(question_id.encode()).hexdigest(), 16) % FOLDS


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
    known = questions.x[chosen][questions.mask[chosen]]
    mean, deviation = known.mean(0), known.std(0) + 1e-6
    is_order = slope is order_slope
    used = np.array([is_order or name in RELEVANCE for name in questions.features])
    net = Net(used, CHOSEN['units'] if is_order else 0, seed)
    adam = Adam(net.p, questions.epochs() * (len(chosen) // BATCH))
    random = np.random.default_rng(seed)
    for _ in range(questions.epochs()):
        order = random.permutation(chosen)
        for begin in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[begin:begin + BATCH]
            z = np.clip((questions.x[batch] - mean) / deviation, -CLIP, CLIP) * used
            relevant = (questions.grades[batch] > 0).astype(np.float32)
            gradient = net.gradient(slope(net.score(z), relevant, questions.mask[batch]).astype(np.float32),
                                    CHOSEN['decay'] if is_order else 1e-5)
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
    return np.divide(gains, ideal, out=np.zeros(len(gains)), where=questions.answered)


def recall(questions, scores, count):
    found = [(grades[:count] > 0).sum() for grades in rankings(questions, scores)]
    relevant = [sum(grade > 0 for grade in grades) for grades in questions.judged]
    return np.divide(found, relevant, out=np.zeros(len(found)), where=questions.answered)


def hold_out(questions, part_of):
    """Scores and relevance of each candidate by nets that saw no question of the same part; and the share of it that a
    threshold passes that was set by the other questions."""
    scores, odds = np.zeros(questions.grades.shape), np.zeros(questions.grades.shape)
    passed = np.zeros(questions.grades.shape, bool)
    for part in np.unique(part_of):
        seen, unseen = np.where(part_of != part)[0], np.where(part_of == part)[0]
        order, relevance, threshold = fit(questions, seen)
        scores[unseen], odds[unseen] = order.score(questions.x[unseen]), relevance.score(questions.x[unseen])
        passed[unseen] = odds[unseen] >= threshold
    return scores, 1 / (1 + np.exp(-odds)), passed


def fit(questions, seen):
    """The nets of the questions `seen`, and the log-odds below which BELOW_THRESHOLD of the relevant lie."""
    answered = seen[questions.answered[seen]]
    order = Members(questions, answered, order_slope)
    relevance = Members(questions, seen, relevance_slope)
    relevant = top16(questions, order.score(questions.x[seen]), seen) & (questions.grades[seen] > 0)
    return order, relevance, np.quantile(relevance.score(questions.x[seen])[relevant], BELOW_THRESHOLD)


def area_under_roc(positive, negative):
    """How often a positive is above a negative (Mann and Whitney 1947)."""
    ranks = np.searchsorted(np.sort(negative), positive, 'left') + np.searchsorted(np.sort(negative), positive, 'right')
    return ranks.mean() / 2 / len(negative)


def top16(questions, scores, chosen):
    mask = questions.mask[chosen]
    ranks = np.argsort(np.argsort(-np.where(mask, scores, -np.inf), axis=1, kind='stable'), axis=1)
    return mask & (ranks < 16)


def interval(values):
    means = [np.mean(np.random.default_rng(i).choice(values, len(values))) for i in range(1000)]
    return '%.4f (95 %% %.4f to %.4f)' % (np.mean(values), *np.quantile(means, [0.025, 0.975]))


def calibration_error(said, is_so):
    """Expected calibration error in ten bins of equal size."""
    bins = np.array_split(np.argsort(said), 10)
    return sum(len(b) * abs(said[b].mean() - is_so[b].mean()) for b in bins) / len(said)


def report_set(name, questions, scores, relevance, passed):
    """`questions` of one set."""
    answered, relevant = questions.answered, questions.grades > 0
    fused = questions.x[:, :, questions.features.index('fused')]
    before, after = ndcg(questions, fused)[answered], ndcg(questions, scores)[answered]
    print('  %s, %d questions: nDCG@10 %s, fusion %s' % (name, answered.sum(), interval(after), interval(before)))
    print('    gain %s; recall@100 %.4f, fusion %.4f' % (interval(after - before),
                                                         recall(questions, scores, 100)[answered].mean(),
                                                         recall(questions, fused, 100)[answered].mean()))
    all16 = top16(questions, scores, np.arange(len(answered)))
    first = all16 & answered[:, None]
    print('    of the first 16 the filter removes %.3f of the irrelevant and %.3f of the relevant; calibration error %.3f'
          % ((first & ~relevant & ~passed).sum() / (first & ~relevant).sum(),
             (first & relevant & ~passed).sum() / (first & relevant).sum(),
             calibration_error(relevance[first], relevant[first])))
    best = np.where(all16, relevance, 0).max(1)
    left = (all16 & passed).any(1)
    print('    without its relevant documents a question keeps none of the first 16 in %.3f of cases, with them in %.3f; '
          'area under ROC of the best relevance %.3f' %
          (1 - left[~answered].mean(), 1 - left[answered].mean(), area_under_roc(best[answered], best[~answered])))


def report(questions):
    folds = np.array([fold_of(question_id) for question_id in questions.ids])
    kinds = [('questions that were not seen, of sets that were', folds)]
    if len(questions.sets) > 1:
        kinds.append(('sets that were not seen', questions.set_of))
    for kind, part_of in kinds:
        print(kind + ':')
        held_out = hold_out(questions, part_of)
        for number, name in enumerate(questions.sets):
            chosen = np.where(questions.set_of == number)[0]
            report_set(name, questions.only(chosen), *(of_all[chosen] for of_all in held_out))


def write(questions, path):
    order, relevance, threshold = fit(questions, np.arange(len(questions.ids)))
    text = 'description: %s\nembedder_id: %s\n%s\norder { %s }\nrelevance { %s }\nrelevance_threshold: %.4f\n' % (
        json.dumps('%d questions of %s, by tools/ranker/train.py' %
                   (questions.answered.sum(), ', '.join(questions.sets))), json.dumps(questions.embedder),
        '\n'.join('features: ' + json.dumps(name) for name in questions.features), order.message(),
        relevance.message(), 1 / (1 + np.exp(-threshold)))
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    with tempfile.TemporaryFile() as source, open(path, 'wb') as target:
        source.write(text.encode())
        source.seek(0)
        subprocess.run(['protoc', '-I' + root, '--encode=bedside.storage.RankerModel',
                        'proto/bedside/storage/ranker_model.proto'], stdin=source, stdout=target, cwd=root, check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--embedder', default='', metavar='ID', help='that the ranker is for; default: that of FEATURES')
    parser.add_argument('model', metavar='MODEL', help='file to write')
    parser.add_argument('features', metavar='FEATURES', nargs='+', help='of a set; with commas: one a fold')
    a = parser.parse_args()
    sets = [features.split(',') for features in a.features]
    if any(len(paths) not in (1, FOLDS) for paths in sets):
        sys.exit('train.py: wanted of each set one path of features, or %d with commas' % FOLDS)
    questions = Questions(sets, a.embedder)
    report(questions)
    write(questions, a.model)


if __name__ == '__main__':
    main()
