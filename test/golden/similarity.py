"""SVCCA and linear CKA of constructed features, which `engine/similarity` is held to.

SVCCA: the algorithm of the published reference, google/svcca (cca_core.py, get_cca_similarity with epsilon 0, after the
singular value decomposition of its tutorial, here keeping a share of the variance), written anew; it inverts square roots of
covariances, which the application does not. CKA: Kornblith et al. 2019 by centred Gram matrices of the images.

numpy 2.4.6: python test/golden/similarity.py > test/golden/similarity.json
"""

import json

import numpy as np


class Stream:
    """s = 1664525 s + 1013904223 mod 2^32, u = (s >> 8) / 2^24 - 0.5, row after row."""

    def __init__(self, seed):
        self.state = seed

    def matrix(self, rows, columns):
        values = []
        for _ in range(rows * columns):
            self.state = (1664525 * self.state + 1013904223) % 2**32
            values.append((self.state >> 8) / 2**24 - 0.5)
        return np.array(values).reshape(rows, columns)


def features(case):
    stream = Stream(case["seed"])
    hidden = stream.matrix(case["rows"], case["hidden"])
    made = []
    for width in case["features"]:
        shared = hidden @ stream.matrix(case["hidden"], width)
        noisy = shared + case["noise"] * stream.matrix(case["rows"], width)
        made.append(noisy * case["decay"] ** np.arange(width) + 3)
    return made


def leading(activations, share):
    """[kept, rows]: the leading directions, as svcca's tutorial has them: s V of the centred [features, rows]."""
    centred = activations.T - activations.T.mean(axis=1, keepdims=True)
    _, s, v = np.linalg.svd(centred, full_matrices=False)
    s = s[s > 1e-6 * s[0]]
    shares = np.cumsum(s**2) / np.sum(s**2)
    kept = len(s) if share == 1 else int(np.argmax(shares >= share)) + 1
    return np.diag(s[:kept]) @ v[:kept]


def root(array):
    w, v = np.linalg.eigh(array)
    return v @ np.diag(np.sqrt(w)) @ v.T


def cca(x, y):
    covariance = np.cov(x, y)
    k = len(x)
    xx, xy, yy = covariance[:k, :k], covariance[:k, k:], covariance[k:, k:]
    largest_x, largest_y = np.abs(xx).max(), np.abs(yy).max()
    xx, yy, xy = xx / largest_x, yy / largest_y, xy / np.sqrt(largest_x * largest_y)
    return np.linalg.svd(root(np.linalg.pinv(xx)) @ xy @ root(np.linalg.pinv(yy)))[1]


def cka(x, y):
    n = len(x)
    h = np.eye(n) - np.ones((n, n)) / n
    k, l = h @ x @ x.T @ h, h @ y @ y.T @ h
    return np.sum(k * l) / np.sqrt(np.sum(k * k) * np.sum(l * l))


cases = [
    {"name": "more images than features", "rows": 200, "features": [16, 12], "share": 0.99, "decay": 0.9},
    {"name": "all of the variance", "rows": 200, "features": [16, 12], "share": 1, "decay": 0.9},
    {"name": "more features than images", "rows": 40, "features": [64, 50], "share": 0.9, "decay": 0.9},
    {"name": "strongly correlated features", "rows": 150, "features": [30, 30], "share": 0.999, "decay": 0.6},
]
for seed, case in enumerate(cases, start=1):
    case.update(seed=seed, hidden=6, noise=0.7)
    x, y = features(case)
    kept = [leading(each, case["share"]) for each in (x, y)]
    case["expected"] = {
        "kept": [len(each) for each in kept],
        "coefficients": cca(*kept).tolist(),
        "cka": float(cka(x, y)),
    }
print(
    json.dumps(
        {
            "source": f"numpy {np.__version__}; the algorithm of google/svcca cca_core.py, and CKA by Gram matrices",
            "tolerance": 1e-9,
            "cases": cases,
        },
        indent=1,
    )
)
