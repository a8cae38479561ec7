"""Writes test/golden/weightedAuroc.json: AUROC of each class against the rest, weighted by its share of the images.

Labels and probabilities follow from formulas (below, and in test/engine/metrics/weightedAuroc.test.ts); only the figures of
`roc_auc_score(multi_class="ovr", average="weighted")` are stored, and of two classes those of `roc_auc_score`. Made with
scikit-learn 1.9.1.
"""
import json
import os
import numpy as np
from sklearn.metrics import roc_auc_score


def drawn(n, k):
    """Unequal classes, probabilities in steps of one eighth before they are scaled, so that some are equal."""
    image, column = np.arange(n)[:, None], np.arange(k)[None, :]
    labels = np.array([int(k * (((7 * i + 3) % 31) / 31) ** 2) for i in range(n)])
    raw = 1.0 + ((5 * image + 11 * column + image * column) % 8) + 4.0 * (labels[:, None] == column) * (image % 3 > 0)
    return labels, raw / raw.sum(axis=1, keepdims=True)


def figure(n, k):
    labels, probabilities = drawn(n, k)
    if k == 2:
        return roc_auc_score(labels, probabilities[:, 1])
    return roc_auc_score(labels, probabilities, multi_class="ovr", average="weighted")


cases = [{"n": n, "k": k, "auroc": figure(n, k)} for n, k in [(31, 2), (62, 3), (93, 7), (500, 10)]]
path = os.path.join(os.path.dirname(__file__), "weightedAuroc.json")
with open(path, "w") as file:
    json.dump(cases, file, indent=1)
    file.write("\n")
