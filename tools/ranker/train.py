#!/usr/bin/python3
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
import json
import os
import sys

import numpy as np

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, 'training'))
import bad_input
import message_file
from folds import FOLDS, fold_of
from measures import area_under_roc, calibration_error, interval, ndcg, recall, top16
from nets import Members, order_slope, relevance_slope
from questions import Questions

# Of the relevant candidates among the first 16, those that lie below the threshold: a tenth may at most.
BELOW_THRESHOLD = 0.06


def hold_out(questions, part_of):
    """Scores and relevance of each candidate by nets that saw no question of the same part, and whether it
    passes the threshold that was set by the others."""
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


def report_set(name, questions, scores, relevance, passed):
    """`questions` of one set."""
    report_order(name, questions, scores)
    first = top16(questions, scores, np.arange(len(questions.answered)))
    report_filter(questions, first, relevance, passed)
    report_abstention(questions, first, relevance, passed)


def report_order(name, questions, scores):
    answered, fused = questions.answered, questions.x[:, :, questions.features.index('fused')]
    before, after = ndcg(questions, fused)[answered], ndcg(questions, scores)[answered]
    print('  %s, %d questions: nDCG@10 %s, fusion %s' % (name, answered.sum(), interval(after), interval(before)))
    print('    gain %s; recall@100 %.4f, fusion %.4f' % (interval(after - before),
                                                         recall(questions, scores, 100)[answered].mean(),
                                                         recall(questions, fused, 100)[answered].mean()))


def report_filter(questions, first16, relevance, passed):
    first, relevant = first16 & questions.answered[:, None], questions.grades > 0
    print('    of the first 16 the filter removes %.3f of the irrelevant and %.3f of the relevant; calibration error %.3f'
          % ((first & ~relevant & ~passed).sum() / (first & ~relevant).sum(),
             (first & relevant & ~passed).sum() / (first & relevant).sum(),
             calibration_error(relevance[first], relevant[first])))


def report_abstention(questions, first16, relevance, passed):
    answered = questions.answered
    best = np.where(first16, relevance, 0).max(1)
    left = (first16 & passed).any(1)
    print('    without its relevant documents a question keeps none of the first 16 in %.3f of cases, with them in %.3f; '
          'area under ROC of the best relevance %.3f' %
          (1 - left[~answered].mean(), 1 - left[answered].mean(), area_under_roc(best[answered], best[~answered])))


def report(questions):
    folds = np.array([fold_of(question_id) for question_id in questions.ids])
    kinds = [('questions that were not seen, of sets that were', folds)]
    if len(questions.sets) > 1:
        kinds.append(('sets that were not seen', questions.set_of))
    for kind, part_of in kinds:
        held_out = hold_out(questions, part_of)
        print(kind + ':')
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
    message_file.write(path, 'ranker_model.proto', 'RankerModel', text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--embedder', default='', metavar='ID', help='that the ranker is for; default: that of FEATURES')
    parser.add_argument('model', metavar='MODEL', help='file to write')
    parser.add_argument('features', metavar='FEATURES', nargs='+', help='of a set; with commas: one a fold')
    a = parser.parse_args()
    sets = [features.split(',') for features in a.features]
    if any(len(paths) not in (1, FOLDS) for paths in sets):
        raise bad_input.BadInput('FEATURES: wanted of each set one path, or %d with commas' % FOLDS)
    message_file.check(a.model)
    questions = Questions(sets, a.embedder)
    report(questions)
    write(questions, a.model)


if __name__ == '__main__':
    bad_input.run('train.py', main)
