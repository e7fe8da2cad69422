"""Folds of questions, the same for an adapter and for the ranker behind it.

They are of questions: a document that answers questions of two folds is on both sides."""
import hashlib

FOLDS = 5


def fold_of(question_id):
    return int(hashlib.sha256(question_id.encode()).hexdigest(), 16) % FOLDS
