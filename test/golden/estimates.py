"""What LEEP, N-LEEP and PARC are held to.

LEEP: equation (2) of Nguyen et al. 2020 (arXiv:2002.12462) in numpy. N-LEEP (Li et al. 2021, arXiv:2011.11200): the same of
posteriors of scikit-learn's GaussianMixture, five components a class, of scikit-learn's PCA at 80 % of the variance, divided by
the root of its mean variance. PARC (Bolya et al. 2021, arXiv:2111.06977): scipy's spearmanr of the lower triangles of 1 less
numpy's corrcoef of standardised features and of one-hot labels.

scikit-learn 1.9.1, numpy, scipy: python test/golden/estimates.py > test/golden/estimates.json
"""

import json

import numpy as np
from scipy.stats import spearmanr
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

ROWS = 90


def features(width, classes):
    """Those of probe.py, which prints when it is imported."""
    return np.array(
        [
            [2 + np.sin(1.7 * i + 0.9 * j * j + 0.3) * (1 + j % 5) + (1.5 if j == i % classes else 0) for j in range(width)]
            for i in range(ROWS)
        ]
    )


def labels(classes):
    return np.array([(i % classes) if i % 4 else (i // 4 + 1) % classes for i in range(ROWS)])


def source(width):
    """Class probabilities of an invented source classifier."""
    logits = np.array([[3 * np.sin(1.3 * i + 0.7 * z * z) for z in range(width)] for i in range(ROWS)])
    e = np.exp(logits)
    return e / e.sum(1, keepdims=True)


def leep(p, y, classes):
    joint = np.array([p[y == c].sum(0) for c in range(classes)]) / len(y)
    conditional = joint / joint.sum(0)
    return float(np.log((p * conditional[y]).sum(1)).mean())


def parc(x, y, classes):
    low = np.tril_indices(len(x), -1)
    distances = 1 - np.corrcoef(StandardScaler().fit_transform(x))
    # Rounded: what is equal but for the rounding of a division has one rank.
    differ = np.round(1 - np.corrcoef(np.eye(classes)[y]), 9)
    return float(spearmanr(distances[low], differ[low])[0])


def reduced(x):
    z = PCA(n_components=0.8, svd_solver="full").fit_transform(x)
    return z / np.sqrt(z.var(0).mean())


def islands(classes):
    """Five well separated groups of images a class, of unequal size and with one of each in two minds about its class."""
    k = 5 * classes
    x, y = [], []
    for i in range(40 * k):
        at = i % k if i % 7 else 0
        x.append([6 * np.cos(3 * at * at + 5 * at * j + 7 * j * j) + 0.4 * np.sin(12.9898 * i + 78.233 * j * j) for j in range(6)])
        y.append(at % classes if i % 11 else (at + 1) % classes)
    return np.array(x), np.array(y)


cases = []
for width, classes in [(20, 3), (20, 2), (150, 3), (150, 2)]:
    x, y = features(width, classes), labels(classes)
    z = reduced(x)
    fits = [GaussianMixture(5 * classes, random_state=seed).fit(z).lower_bound_ for seed in range(20)]
    cases.append({
        "width": width, "classes": classes,
        "leep": round(leep(source(width), y, classes), 9),
        "parc": round(parc(x, y, classes), 9),
        "components": z.shape[1], "largest": round(float(np.abs(z).max()), 5),
        "likelihoods": [round(float(min(fits)), 4), round(float(max(fits)), 4)],
    })

apart = []
for classes in [2, 3]:
    x, y = islands(classes)
    z = reduced(x)
    best = max((GaussianMixture(5 * classes, random_state=seed, tol=1e-3).fit(z) for seed in range(20)), key=lambda g: g.lower_bound_)
    apart.append({
        "classes": classes, "components": z.shape[1],
        "logLikelihood": round(float(best.score(z)), 6), "nLeep": round(leep(best.predict_proba(z), y, classes), 6),
    })

print(json.dumps({"cases": cases, "apart": apart}, indent=1))
