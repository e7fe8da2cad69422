"""Sets of features in which chance decides nothing, for tests of what learns from them."""
import json
import os
import tempfile

import numpy as np

FEATURES = ["fused", "dense", "interaction"]


def question(identity, rows, grades, judged=None, documents=None):
    """A record, and the features of its candidates. `judged`: by default the relevant ones."""
    return dict(id=identity, documents=documents or list(range(len(grades))), grades=grades,
                judged=[grade for grade in grades if grade > 0] if judged is None else judged), np.array(rows, np.float32)


def decided_by(feature, count, seed=0):
    """Questions whose relevant candidate is that with the greatest `feature`, each also without it."""
    random = np.random.default_rng(seed)
    for number in range(count):
        for grades in ([1, 0, 0, 0], [0, 0, 0, 0]):
            rows = random.normal(size=(4, len(FEATURES)))
            rows[:, FEATURES.index(feature)] = [2 * grade for grade in grades]
            yield question("%d-%d" % (seed, number), rows, grades)


def write(questions, embedder="e", features=FEATURES):
    """The path of the set without its endings, as train.py takes it."""
    path = os.path.join(tempfile.mkdtemp(dir=os.environ["TEST_TMPDIR"]), "set")
    questions = list(questions)
    with open(path + ".jsonl", "w") as file:
        for line in [dict(embedder=embedder, features=features)] + [record for record, _ in questions]:
            file.write(json.dumps(line) + "\n")
    rows = [rows for _, rows in questions] or [np.zeros((0, len(features)), np.float32)]
    np.concatenate(rows).tofile(path + ".f32")
    return path
