"""Fits the growth of resources to points that were measured, and says how far a point that was left out is off."""
from collections import namedtuple

import numpy as np

from scale_resources import FORMS, RESOURCES, of_engine

# `off`: predicted over measured, less 1, of the point of the largest size that is furthest off.
LeftOut = namedtuple('LeftOut', 'passages measured predicted off')


class Fit:
    """One resource, by least squares of relative errors: a size counts as much as another."""

    def __init__(self, resource, points):
        self.resource = resource
        rows = np.array([FORMS[resource.form](p) for p in points], float)
        values = np.array([resource.value(p) for p in points], float)
        weights = 1 / np.where(values == 0, 1, np.abs(values))
        # Columns differ by many powers of ten.
        scale = np.abs(rows).max(axis=0)
        solved = np.linalg.lstsq(rows / scale * weights[:, None], values * weights, rcond=None)[0]
        self.coefficients = solved / scale

    def at(self, **point):
        return float(np.dot(FORMS[self.resource.form](point), self.coefficients))


def fit_all(points):
    """By the key of the resource."""
    return {r.key: Fit(r, of_engine(points, r.engine)) for r in RESOURCES}


def left_out(points):
    """By the key: what all but the largest size say of that one."""
    largest = max(p['passages'] for p in points)
    fits = fit_all([p for p in points if p['passages'] != largest])
    return {r.key: worst(fits[r.key], [p for p in of_engine(points, r.engine) if p['passages'] == largest])
            for r in RESOURCES}


def worst(fit, points):
    results = []
    for p in points:
        measured, predicted = fit.resource.value(p), fit.at(**p)
        results.append(LeftOut(p['passages'], measured, predicted, predicted / measured - 1 if measured else np.inf))
    return max(results, key=lambda result: abs(result.off))
