"""What an adapter is trained on: a set, as adapter_examples wrote it, and batches of it."""
import numpy as np

import json_lines
from bad_input import BadInput
from folds import fold_of

PASSAGE = ('passage',)
QUESTION = ('id', 'question', 'relevant', 'misleading')
QUESTIONS = 64
MISLEADING = 3
QUESTION_TOKENS, PASSAGE_TOKENS = 48, 96


class Examples:
    """A set: `passages` and `questions` as token ids; `relevant` and `misleading` passages of each question."""

    def __init__(self, path, fold=None):
        """Without the questions of `fold`, if any, and without those that lack relevant or misleading passages."""
        lines = json_lines.read(path, [PASSAGE, QUESTION])
        self.passages = [line['passage'] for line in lines if 'passage' in line]
        kept = [line for line in lines if 'passage' not in line and line['relevant'] and line['misleading'] and
                fold_of(line['id']) != fold]
        self.questions = [line['question'] for line in kept]
        self.relevant = [line['relevant'] for line in kept]
        self.misleading = [line['misleading'] for line in kept]
        self.check(path)

    def check(self, path):
        if not self.questions:
            raise BadInput('%s: wanted questions with relevant and misleading passages, got none; was it made of a store '
                           'of the same set?' % path)
        last = max(max(numbers) for numbers in self.relevant + self.misleading)
        if last >= len(self.passages):
            raise BadInput('%s: wanted the passages that its questions name, %d or more, got %d; write it again'
                           % (path, last + 1, len(self.passages)))

    def batch(self, random):
        """Of some questions: their tokens, passages (of each its relevant one first), and which of these answer it."""
        chosen = random.choice(len(self.questions), QUESTIONS, replace=len(self.questions) < QUESTIONS)
        passages = []
        for i in chosen:
            passages.append(random.choice(self.relevant[i]))
            passages += list(random.choice(self.misleading[i], MISLEADING))
        own = np.arange(QUESTIONS) * (1 + MISLEADING)
        known = np.array([np.isin(passages, self.relevant[i]) for i in chosen])
        known[np.arange(QUESTIONS), own] = False
        return dict(question=pad([self.questions[i] for i in chosen], QUESTION_TOKENS),
                    passage=pad([self.passages[i] for i in passages], PASSAGE_TOKENS), own=own, known=known)


def pad(texts, length):
    """Token ids of one length, and how many of each are a text's."""
    ids = np.zeros((len(texts), length), np.int32)
    for row, text in zip(ids, texts):
        row[:len(text[:length])] = text[:length]
    return ids, np.array([min(len(text), length) for text in texts])
