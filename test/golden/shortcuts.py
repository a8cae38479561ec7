"""Out-of-fold AUROC of labels by what is no image, for test/engine/data/shortcuts.test.ts.

Bands by numpy's quantiles, naive Bayes by scikit-learn's CategoricalNB (alpha 1), AUROC of each fold by its roc_auc_score;
folds by the number of their pairs. The standard error over patients is that of the jackknife in the limit: each pair counted
again with the weight of a patient raised a little. Drawn numbers only.

    python -P test/golden/shortcuts.py > test/golden/shortcuts.json
"""

import json

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.naive_bayes import CategoricalNB


def bands(values, training):
    known = values[training & ~np.isnan(values)]
    count = max(2, min(10, len(known) // 10))
    edges = np.unique(np.quantile(known, np.arange(1, count) / count))
    codes = np.searchsorted(edges, values, "left") + np.searchsorted(edges, values, "right")
    codes[np.isnan(values)] = 2 * len(edges) + 1
    return codes, 2 * len(edges) + 2


def folded(positive, scores, folds, weights):
    wins = pairs = 0.0
    for fold in np.unique(folds):
        own = folds == fold
        p, w = positive[own], weights[own]
        pair = np.outer(w[p == 1], w[p == 0]).sum()
        wins += roc_auc_score(p, scores[own], sample_weight=w) * pair
        pairs += pair
    return wins / pairs


def case(seed, classes, images, patients, kinds):
    rng = np.random.default_rng(seed)
    patient = np.sort(rng.integers(0, patients, images))
    patient = np.unique(patient, return_inverse=True)[1]
    label = rng.permutation(np.arange(patient.max() + 1) % classes)[patient]
    fold = rng.permutation(np.arange(patient.max() + 1) % 5)[patient]
    features = []
    for kind in kinds:
        if kind == "category":
            features.append(("category", (label + rng.integers(0, 2 + seed, images)) % 5))
        elif kind == "size":
            features.append(("number", np.where(rng.random(images) < 0.5, 512.0, 300.0 + 40 * label + rng.integers(0, 90, images))))
        else:
            values = np.round(rng.normal(0.8 * label, 1, images), 3)
            features.append(("number", np.where(rng.random(images) < 0.2, np.nan, values)))
    logits = np.zeros((images, classes))
    for own in range(5):
        training, held = fold != own, fold == own
        coded = [(v, int(v.max()) + 1) if k == "category" else bands(v, training) for k, v in features]
        x = np.stack([codes for codes, _ in coded], 1)
        model = CategoricalNB(alpha=1, min_categories=[count for _, count in coded]).fit(x[training], label[training])
        joint = model.predict_joint_log_proba(x[held])
        for each in range(classes):
            others = np.delete(joint, each, 1)
            logits[held, each] = joint[:, each] - np.logaddexp.reduce(others, 1)
    # What is equal but for rounding is equal.
    logits = np.round(logits, 9)
    judged = [1] if classes == 2 else range(classes)

    def value(weights):
        return np.mean([folded((label == each).astype(int), logits[:, each], fold, weights) for each in judged])

    ones = np.ones(images)
    step = 1e-4
    slopes = [(value(ones + step * (patient == p)) - value(ones - step * (patient == p))) / (2 * step) for p in range(patient.max() + 1)]
    return {
        "labels": label.tolist(),
        "folds": fold.tolist(),
        "patients": patient.tolist(),
        "features": [{"kind": k, "values": [None if np.isnan(x) else float(x) for x in v]} for k, v in features],
        "auroc": value(ones),
        "error": float(np.sqrt(np.sum(np.square(slopes)))),
    }


cases = [
    case(0, 2, 150, 60, ["category"]),
    case(1, 2, 200, 200, ["number"]),
    case(2, 3, 240, 90, ["category", "size"]),
    case(3, 2, 160, 70, ["size", "number", "category"]),
    case(4, 4, 240, 240, ["size", "number"]),
]
print(json.dumps(cases, separators=(",", ":")))
