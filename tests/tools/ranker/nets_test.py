#!/usr/bin/env python3
"""The nets of a ranker: their slopes against finite differences, what they learn of features that decide or mislead."""

import sys
import unittest

import numpy as np

import made_set

sys.path += ["tools/ranker", "tools/training"]
import nets
from bad_input import BadInput
from questions import Questions


def order_loss(scores, relevant, mask):
    """Cross-entropy of the relevant candidates under the softmax over their question, a relevant candidate."""
    scores = np.where(mask, scores, -np.inf)
    shares = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    return -np.log(shares[relevant > 0]).mean()


def relevance_loss(scores, relevant, mask):
    """Log-loss, a candidate."""
    chance = 1 / (1 + np.exp(-scores))
    return -np.log(np.where(relevant > 0, chance, 1 - chance)[mask]).mean()


def slope_of(loss, values):
    """By finite differences."""
    slope = np.zeros(values.shape)
    for at in np.ndindex(values.shape):
        both = []
        for step in (1e-4, -1e-4):
            moved = values.astype(float)
            moved[at] += step
            both.append(loss(moved))
        slope[at] = (both[0] - both[1]) / 2e-4
    return slope


class SlopeTest(unittest.TestCase):
    def setUp(self):
        self.scores = np.array([[0.5, -1, 2], [1, 0.25, 9]])
        self.relevant = np.array([[1, 0, 1], [0, 1, 0]], np.float32)
        self.mask = np.array([[True, True, True], [True, True, False]])

    def test_slopes_are_those_of_the_losses(self):
        for slope, loss in [(nets.order_slope, order_loss), (nets.relevance_slope, relevance_loss)]:
            wanted = slope_of(lambda scores: loss(scores, self.relevant, self.mask), self.scores)
            np.testing.assert_allclose(slope(self.scores, self.relevant, self.mask), wanted, atol=1e-6)

    def test_what_is_no_candidate_has_no_slope(self):
        for slope in (nets.order_slope, nets.relevance_slope):
            self.assertEqual(slope(self.scores, self.relevant, self.mask)[1, 2], 0)

    def test_the_gradient_of_a_net_is_that_of_its_score(self):
        net = nets.Net(np.array([True, True]), 3, seed=1)
        z, slope = np.array([[[0.5, -2], [1, 1]]]), np.array([[0.75, -0.25]])
        net.score(z)
        gradient = net.gradient(slope, decay=0.5)
        for name, before in list(net.p.items()):
            def loss(values):
                net.p[name] = values
                return (slope * net.score(z)).sum() + 0.5 * (values**2).sum()
            wanted = slope_of(loss, before)
            net.p[name] = before
            np.testing.assert_allclose(gradient[name], wanted, atol=1e-5, err_msg=name)


class NetsTest(unittest.TestCase):
    def questions(self, feature, count=60):
        return Questions([[made_set.write(made_set.decided_by(feature, count))]], "")

    def members(self, questions, slope):
        return nets.Members(questions, np.where(questions.answered)[0], slope)

    def test_the_feature_that_decides_is_the_one_that_is_used(self):
        for feature in made_set.FEATURES:
            order = self.members(self.questions(feature), nets.order_slope)
            moved = [order.score(np.eye(3, dtype=np.float32)[None])[0][i] for i in range(3)]
            self.assertEqual(made_set.FEATURES[int(np.argmax(moved))], feature)

    def test_relevance_sees_only_what_means_the_same_in_every_set(self):
        relevance = self.members(self.questions("fused"), nets.relevance_slope)
        same = relevance.score(np.array([[[0, 1, 1], [5, 1, 1]]], np.float32))[0]
        self.assertEqual(same[0], same[1])
        relevance = self.members(self.questions("dense"), nets.relevance_slope)
        low, high = relevance.score(np.array([[[0, 0, 0], [0, 2, 0]]], np.float32))[0]
        self.assertLess(low, high)

    def test_relevance_is_a_logistic_regression(self):
        self.assertIn("hidden: []", self.members(self.questions("dense"), nets.relevance_slope).message())

    def test_the_same_questions_give_the_same_net(self):
        texts = {self.members(self.questions("dense"), nets.order_slope).message() for _ in range(2)}
        self.assertEqual(len(texts), 1)

    def test_what_is_written_is_the_mean_of_the_members(self):
        order = self.members(self.questions("dense"), nets.order_slope)
        lines = dict(line.split(": ") for line in order.message().splitlines())
        fields = {name: np.array(eval(value), float) for name, value in lines.items()}
        x = np.array([0.5, 1.5, -1])
        z = np.clip((x - fields["mean"]) / fields["deviation"], -5, 5)
        bent = np.maximum(0, z @ fields["hidden"].reshape(3, -1) + fields["hidden_bias"])
        self.assertAlmostEqual(z @ fields["skip"] + bent @ fields["output"] + fields["bias"],
                               order.score(x[None, None].astype(np.float32))[0, 0], places=4)

    def test_too_few_questions_are_refused(self):
        questions = self.questions("dense", 31)
        with self.assertRaises(BadInput) as raised:
            self.members(questions, nets.order_slope)
        self.assertIn("wanted 32 questions to train a net on, got 31", str(raised.exception))


if __name__ == "__main__":
    unittest.main()
