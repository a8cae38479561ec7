"""Figures of subgroups that engine/metrics/subgroups.ts is held to, computed independently of it: scikit-learn on the images
of each subgroup, weighted by how often their patient was drawn (the same draws, SHA-256 and sfc32 written anew here).

scikit-learn 1.9.1, numpy 2.4.6: python test/golden/subgroups.py > test/golden/subgroups.json
"""

import hashlib
import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import accuracy_score, balanced_accuracy_score, recall_score, roc_auc_score

warnings.filterwarnings("ignore")
RESAMPLES, SEED, M = 200, 7, 2**32


def sfc32(*parts):
    digest = hashlib.sha256(json.dumps(list(parts), separators=(",", ":")).encode()).digest()
    state = [int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8)] + [1]

    def draw():
        a, b, c, counter = state
        total = (a + b + counter) % M
        rotated = ((c << 21) | (c >> 11)) % M
        state[:] = [b ^ (b >> 9), (c + (c << 3)) % M, (rotated + total) % M, (counter + 1) % M]
        return total / M

    for _ in range(12):
        draw()
    return draw


def study(seed, n, k, levels, patients, subgroups):
    """Images with a class, probabilities (of `levels` values where that is not 0, so that there are ties), a patient and the
    patient's subgroup; in the subgroup 0 the classes are told apart better."""
    rng = np.random.default_rng(seed)
    patient = rng.integers(0, patients, n)
    subgroup = rng.integers(0, subgroups, patients)[patient]
    label = rng.integers(0, k, n)
    rows = rng.random((n, k))
    rows[np.arange(n), label] += np.where(subgroup == 0, 0.5, 0.2)
    if levels:
        rows = np.floor(rows * levels) / levels + 0.0625
    return label, (rows / rows.sum(1, keepdims=True)).astype(np.float32), patient, subgroup


def figures(label, rows, weight, classes, called_from):
    k = rows.shape[1]
    predicted = rows.argmax(1) if called_from is None else (rows[:, 1] >= np.float32(called_from)).astype(int)
    drawn = weight > 0
    if any(weight[label == c].sum() == 0 for c in classes):
        area = np.nan
    elif k == 2:
        area = roc_auc_score(label == 1, rows[:, 1], sample_weight=weight)
    else:
        area = np.mean([roc_auc_score(label == c, rows[:, c], sample_weight=weight) for c in classes])
    recalls = recall_score(label, predicted, labels=list(range(k)), average=None, sample_weight=weight, zero_division=np.nan)
    result = {"auroc": area, "accuracy": accuracy_score(label, predicted, sample_weight=weight) if drawn.any() else np.nan}
    if k == 2:
        return {**result, "sensitivity": recalls[1], "specificity": recalls[0]}
    return {**result, "balancedAccuracy": np.mean([recalls[c] for c in classes])}


def case(name, called_from=None, **recipe):
    label, rows, patient, subgroup = study(**recipe)
    # Patients are numbered in the order in which they first come.
    _, first, index = np.unique(patient, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    patient = order[index]
    count, subgroups = patient.max() + 1, recipe["subgroups"]
    members = [subgroup == g for g in range(subgroups)]
    classes = [np.unique(label[m]) for m in members]

    def all_figures(weights):
        return [figures(label[m], rows[m], weights[patient[m]], c, called_from) for m, c in zip(members, classes)]

    value = all_figures(np.ones(count))
    draw = sfc32(SEED, "subgroups")
    drawn = []
    for _ in range(RESAMPLES):
        picked = [int(draw() * count) for _ in range(count)]
        drawn.append(all_figures(np.bincount(picked, minlength=count).astype(float)))
    measures = list(value[0])
    intervals = {}
    for measure in measures:
        intervals[measure] = []
        for g in range(subgroups):
            values = np.array([each[g][measure] for each in drawn])
            defined = values[~np.isnan(values)]
            low, high = np.quantile(defined, [0.025, 0.975])
            intervals[measure].append(
                {"value": value[g][measure], "low": low, "high": high, "undefinedResamples": int(np.isnan(values).sum())}
            )
    return {
        "name": name,
        "labels": label.tolist(),
        "probabilities": rows.ravel().tolist(),
        "patients": patient.tolist(),
        "subgroups": subgroup.tolist(),
        "calledFrom": called_from,
        "expected": intervals,
    }


print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
            "tolerance": 1e-9,
            "resamples": RESAMPLES,
            "seed": SEED,
            "cases": [
                case("two classes, three subgroups", seed=1, n=120, k=2, levels=0, patients=60, subgroups=3),
                case("ties", seed=2, n=90, k=2, levels=4, patients=90, subgroups=2),
                case("two classes, the second called from 0.6 on", called_from=0.6, seed=4, n=100, k=2, levels=0, patients=50, subgroups=2),
                case("three classes", seed=3, n=150, k=3, levels=8, patients=50, subgroups=2),
            ],
        }
    )
)
