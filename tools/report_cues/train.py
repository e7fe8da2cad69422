#!/usr/bin/python3
"""Learns what tells the findings of a study from its background, aims and methods, for services/answer/study_report.h,
and says by cross-validation what it is worth.

usage: train.py EXAMPLES CUES     reads what report_cue_examples wrote, writes services/answer/report_cues.tsv;
                                  the same bytes each time with OPENBLAS_NUM_THREADS=1
needs: python3-numpy

Two logistic regressions with an L1 penalty (Tibshirani, Regression shrinkage and selection via the lasso, 1996), fitted
by FISTA (Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm for linear inverse problems, 2009): few
cues keep a weight, so that a person can read the model. One tells findings, where a whole report is there, by all cues;
one aims and methods, by the words of the sentence alone. Cues of fewer than LEAST_ABSTRACTS abstracts have no weight,
for they name the topics of those.

Folds are of abstracts and documents, by a hash of their id. Of held-out sentences, at most MOST_WRONG of those that
reach the threshold of findings are none, and KEPT of those of abstracts that tell neither aims nor methods stay below
the threshold of these. What is taken for a report by the second is said of texts that report none, held out as well."""
import argparse
import os
import sys

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import bad_input
import json_lines
from folds import FOLDS, fold_of

LEAST_ABSTRACTS = 25
PENALTY = 6.0
STEPS = 400
MOST_WRONG = 0.01
KEPT = 0.98


class Sentences:
    """A row of `x` a sentence whose `target` is known, a column a cue that it has or not, of those that are `wanted`.
    `y`: its target, "findings" or "methods"."""

    def __init__(self, abstracts, target, wanted):
        in_abstracts = {}
        for abstract in abstracts:
            for cue in set(cue for cues in abstract['cues'] for cue in cues if wanted(cue)):
                in_abstracts[cue] = in_abstracts.get(cue, 0) + 1
        self.cues = sorted(cue for cue, count in in_abstracts.items() if count >= LEAST_ABSTRACTS)
        column = {cue: i for i, cue in enumerate(self.cues)}
        known = [(abstract['id'], cues, value) for abstract in abstracts
                 for cues, value in zip(abstract['cues'], abstract[target]) if value is not None]
        self.x = np.zeros((len(known), len(self.cues)), np.float32)
        for row, (_, cues, _) in enumerate(known):
            self.x[row, [column[cue] for cue in cues if cue in column]] = 1
        self.y = np.array([value for _, _, value in known], bool)
        # The parts of a document are "DOCUMENT/0", "DOCUMENT/1".
        self.fold = np.array([fold_of(identity.split('/')[0]) for identity, _, _ in known])
        self.part = np.array([identity for identity, _, _ in known])
        self.of_a_study = np.array(['/' not in identity for identity, _, _ in known])


def is_own(cue):
    """Whether it is of the words of the sentence, not of those around it or of its place."""
    return ':' not in cue or cue.startswith('first:')


def fit(x, y):
    """The weights of the cues and the bias, which minimise the log-loss of all sentences and PENALTY times the weights."""
    sign = np.where(y, 1, -1).astype(np.float32)
    # The curvature of the log-loss is at most a quarter of that of the squares.
    vector = np.ones(x.shape[1] + 1, np.float32)
    for _ in range(30):
        vector = product(x, apart(x, vector))
        vector /= np.linalg.norm(vector)
    rate = 4 / np.linalg.norm(product(x, apart(x, vector)))
    weights = before = np.zeros(x.shape[1] + 1, np.float32)
    momentum = 1.0
    for _ in range(STEPS):
        later = (1 + np.sqrt(1 + 4 * momentum ** 2)) / 2
        ahead = weights + (momentum - 1) / later * (weights - before)
        slope = product(x, -sign / (1 + np.exp(sign * apart(x, ahead))))
        before, weights, momentum = weights, shrunk(ahead - rate * slope, rate * PENALTY), later
    return weights[:-1], weights[-1]


def apart(x, weights):
    """The score of each row; the last weight is the bias."""
    return x @ weights[:-1] + weights[-1]


def product(x, rows):
    return np.append(rows @ x, rows.sum())


def shrunk(weights, by):
    """All but the bias are nearer to 0."""
    nearer = np.sign(weights) * np.maximum(np.abs(weights) - by, 0)
    nearer[-1] = weights[-1]
    return nearer


def hold_out(sentences):
    """The score of each sentence by a model that saw nothing of its abstract."""
    scores = np.zeros(len(sentences.y))
    for fold in range(FOLDS):
        unseen = sentences.fold == fold
        weights, bias = fit(sentences.x[~unseen], sentences.y[~unseen])
        scores[unseen] = sentences.x[unseen] @ weights + bias
    return scores


def threshold_for(scores, y, most_wrong):
    """The lowest score from which on at most that share are no findings."""
    order = np.argsort(-scores)
    enough = np.where(np.cumsum(~y[order]) <= most_wrong * np.arange(1, len(y) + 1))[0]
    if not len(enough):
        raise bad_input.BadInput('EXAMPLES: wanted what tells findings from the rest, got nothing that does')
    return scores[order][enough[-1]]


def report_findings(scores, sentences):
    y = sentences.y
    print('%d sentences that were not seen, %d of them findings' % (len(y), y.sum()))
    for most_wrong in (0.01, 0.015, 0.02, 0.03):
        threshold = threshold_for(scores, y, most_wrong)
        print('  from %.2f on %.1f %% are no findings, and %.1f %% of the findings are there' %
              (threshold, 100 * (~y[scores >= threshold]).mean(), 100 * (scores[y] >= threshold).mean()))


def report_methods(scores, sentences):
    y, of_a_study = sentences.y, sentences.of_a_study
    print('%d sentences that were not seen, %d of them aims and methods' % (len(y), y.sum()))
    for kept in (0.99, 0.98, 0.95):
        threshold = np.quantile(scores[~y & of_a_study], kept)
        print('  from %.2f on are %.1f %% of the aims and methods, %.1f %% of the others, and %.1f %% of what is in texts'
              ' that report no study' % (threshold, *(100 * (scores[these] >= threshold).mean() if these.any() else 0
                                                      for these in (y, ~y & of_a_study, ~of_a_study))))
    for name, these in (('abstracts', of_a_study), ('parts of texts that report no study', ~of_a_study)):
        parts = [scores[these & (sentences.part == part)] for part in sorted(set(sentences.part[these]))]
        print('  %d of %d %s are taken for reports' % (sum(is_report(part) for part in parts), len(parts), name))


def is_report(scores):
    """As services/answer/study_report.cc has it."""
    expected = (1 / (1 + np.exp(-scores))).sum()
    return len(scores) >= 4 and expected >= min(1.0, 0.13 * len(scores))


def learned(sentences, threshold_of, report):
    """The weight of each cue that has one, with "(bias)" and "(threshold)"."""
    if min(len(set(sentences.fold[kind])) for kind in (sentences.y, ~sentences.y)) < 2:
        raise bad_input.BadInput('EXAMPLES: wanted sentences of both kinds in abstracts of two folds or more; got too few')
    scores = hold_out(sentences)
    report(scores, sentences)
    weights, bias = fit(sentences.x, sentences.y)
    rows = {cue: weight for cue, weight in zip(sentences.cues, weights) if abs(weight) >= 0.005}
    return dict(rows, **{'(bias)': bias, '(threshold)': threshold_of(scores, sentences)})


def write(path, findings, methods):
    """A line a cue: what it weighs for a finding, what for an aim or a method, the cue."""
    cues = sorted(set(findings) | set(methods))
    with bad_input.reading(path), open(path, 'w', encoding='utf-8') as file:
        for cue in cues:
            file.write('%.2f\t%.2f\t%s\n' % (findings.get(cue, 0), methods.get(cue, 0), cue))
    print('%d cues' % (len(cues) - 2))


def check(path, abstracts):
    """That each has cues, and as many verdicts as sentences."""
    for number, abstract in enumerate(abstracts, 1):
        lists = [abstract[key] for key in ('cues', 'findings', 'methods')]
        if (not isinstance(abstract['id'], str) or not all(isinstance(one, list) for one in lists)
                or len(set(map(len, lists))) > 1 or not all(isinstance(cues, list) for cues in lists[0])):
            raise bad_input.BadInput('%s, line %d: wanted "id" as a string, and "cues", "findings" and "methods" as lists '
                                     'of one entry a sentence; write it again' % (path, number))


def below_which_others_stay(scores, sentences):
    return np.quantile(scores[~sentences.y & sentences.of_a_study], KEPT)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('examples', metavar='EXAMPLES', help='what report_cue_examples wrote')
    parser.add_argument('output', metavar='CUES', help='file to write')
    a = parser.parse_args()
    abstracts = json_lines.read(a.examples, [('id', 'cues', 'findings', 'methods')])
    check(a.examples, abstracts)
    findings = learned(Sentences(abstracts, 'findings', lambda cue: True),
                       lambda scores, sentences: threshold_for(scores, sentences.y, MOST_WRONG), report_findings)
    methods = learned(Sentences(abstracts, 'methods', is_own), below_which_others_stay, report_methods)
    write(a.output, findings, methods)


if __name__ == '__main__':
    bad_input.run('train.py', main)
