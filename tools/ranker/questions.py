"""What a ranker is trained on: the questions of all sets, as ranker_features wrote them."""
import copy
import os

import numpy as np

import json_lines
from bad_input import BadInput, reading
from folds import fold_of

HEADER = ('embedder', 'features')
RECORD = ('id', 'documents', 'grades', 'judged')
# Passes over the questions, of one set and of several; each step sees as many.
EPOCHS = 40
EPOCHS_OF_SEVERAL = 15


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
        self.set_of, self.sets = np.array(self.set_of, int), [os.path.basename(paths[0]) for paths in sets]
        self.ids = [record['id'] for record in records]
        self.judged = [record['judged'] for record in records]
        # The others are questions whose relevant documents were left out.
        self.answered = np.array([len(judged) > 0 for judged in self.judged], bool)
        self.documents = [np.array(record['documents']) for record in records]
        self.fill(rows, [record['grades'] for record in records])
        self.check_sets()

    def read(self, path, fold):
        """The records of the questions of `fold`, or of all, and of each the features of its candidates."""
        header, *records = json_lines.read(path + '.jsonl', [HEADER, RECORD]) or [{}]
        self.check_header(path, header)
        if not all('id' in record for record in records):
            raise BadInput('%s.jsonl: wanted one line with %s, got several; write it again' % (path, ', '.join(HEADER)))
        rows = self.read_rows(path, records)
        kept = [i for i, record in enumerate(records) if fold is None or fold_of(record['id']) == fold]
        return [records[i] for i in kept], [rows[i] for i in kept]

    def check_header(self, path, header):
        if 'features' not in header:
            raise BadInput('%s.jsonl: wanted a first line with %s, got none; write it again' % (path, ', '.join(HEADER)))
        self.embedder, self.features = self.embedder or header['embedder'], self.features or header['features']
        if header['features'] != self.features:
            raise BadInput(path + ': other features than those before; write them again')
        if header['embedder'] != self.embedder and not self.embedder_is_given:
            raise BadInput(path + ': by another embedder than those before; write them again, or name the one with '
                           '--embedder')

    def read_rows(self, path, records):
        """Of each record the features of its candidates."""
        counts = [len(record['documents']) for record in records]
        for number, record in enumerate(records, 2):
            if not record['documents'] or len(record['grades']) != len(record['documents']):
                raise BadInput('%s.jsonl, line %d: wanted a grade a document, got %d of %d; write it again'
                               % (path, number, len(record['grades']), len(record['documents'])))
        with reading(path + '.f32'):
            numbers = np.fromfile(path + '.f32', np.float32)
        if len(numbers) != sum(counts) * len(self.features):
            raise BadInput('%s.f32: wanted %d numbers, %d features of %d candidates, got %d; write it again'
                           % (path, sum(counts) * len(self.features), len(self.features), sum(counts), len(numbers)))
        return np.split(numbers.reshape(-1, len(self.features)), np.cumsum(counts)[:-1])

    def fill(self, rows, grades):
        self.x = np.zeros((len(grades), max(map(len, grades), default=0), len(self.features)), np.float32)
        self.grades = np.zeros(self.x.shape[:2], np.float32)
        self.mask = np.zeros(self.x.shape[:2], bool)
        for i, (features, of_question) in enumerate(zip(rows, grades)):
            self.x[i, :len(of_question)] = features
            self.grades[i, :len(of_question)] = of_question
            self.mask[i, :len(of_question)] = True

    def check_sets(self):
        """Each has what it is trained on and measured by."""
        relevant = (self.grades > 0).any(1)
        for number, name in enumerate(self.sets):
            of_set = self.set_of == number
            found, unanswered = (of_set & relevant).sum(), (of_set & ~self.answered).sum()
            if not found or not unanswered:
                raise BadInput('%s: wanted questions with relevant candidates, and questions without their relevant '
                               'documents, got %d and %d; was it made of a store of the same set?'
                               % (name, found, unanswered))

    def only(self, chosen):
        """The questions `chosen`, as far as measures need them."""
        some = copy.copy(self)
        some.documents, some.judged = [self.documents[i] for i in chosen], [self.judged[i] for i in chosen]
        some.x, some.grades, some.mask = self.x[chosen], self.grades[chosen], self.mask[chosen]
        some.answered = self.answered[chosen]
        return some

    def epochs(self):
        return EPOCHS if len(self.sets) == 1 else EPOCHS_OF_SEVERAL
