"""How well candidates are ordered, and how well it is said which are relevant."""
import numpy as np


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
