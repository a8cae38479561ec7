"""Intervals of AUROC and AUPRC of several labels an image that engine/metrics is held to: the same draws of patients, each
resample measured by scikit-learn's roc_auc_score and average_precision_score of each label's known images with their weights;
runs pooled by pairs and positives, labels by their plain mean and by their share of positives; percentiles by numpy.

scikit-learn 1.9.1, numpy 2.4.6: python test/golden/labelPools.py > test/golden/labelPools.json
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn.metrics import average_precision_score, roc_auc_score

from drawn import drawn_weights, label_inputs

RESAMPLES, SEED = 300, 7


def areas(runs, index, weights):
    """Per label: AUROC, AUPRC, share of positives; nan where no run has both kinds."""
    found = []
    for label in range(runs[0][0].shape[1]):
        total = np.zeros(5)
        for rows, probabilities, groups in runs:
            w = np.array([weights[index[g]] for g in groups])
            kept = (rows[:, label] >= 0) & (w > 0)
            y, p, w = rows[kept, label], probabilities[kept, label], w[kept]
            if len(set(y)) < 2:
                continue
            positives, negatives = w[y == 1].sum(), w[y == 0].sum()
            pairs = positives * negatives
            auroc, auprc = roc_auc_score(y, p, sample_weight=w), average_precision_score(y, p, sample_weight=w)
            total += [auroc * pairs, pairs, auprc * positives, positives, positives + negatives]
        found.append([total[0] / total[1], total[2] / total[3], total[3] / total[4]] if total[1] > 0 else [np.nan] * 3)
    return np.array(found)


def interval(value, draws):
    low, high = np.quantile(draws[~np.isnan(draws)], [0.025, 0.975])
    return {"value": value, "low": low, "high": high, "undefinedResamples": int(np.isnan(draws).sum())}


def measured(runs, index, draws, full, mean):
    judged = ~np.isnan(full[:, 0])

    def averaged(each):
        own = each[judged]
        return np.average(own[:, :2], axis=0, weights=own[:, 2]) if mean == "prior" and not np.isnan(own).any() else own[:, :2].mean(axis=0)

    value, drawn = averaged(full), np.array([averaged(each) for each in draws])
    return {name: interval(value[at], drawn[:, at]) for at, name in enumerate(("auroc", "auprc"))}


def case(name, recipes, pools):
    runs = [label_inputs(**recipe) for recipe in recipes]
    index, weights = drawn_weights(runs, SEED, RESAMPLES)
    expected = {"plain": [], "prior": []}
    for pool in pools:
        chosen = [runs[run] for run in pool]
        full = areas(chosen, index, np.ones(len(index)))
        draws = [areas(chosen, index, w) for w in weights]
        for mean in expected:
            expected[mean].append(measured(chosen, index, draws, full, mean))
    return {"name": name, "runs": recipes, "pools": pools, "expected": expected}


def run(seed, n=100, priors=(0.4, 0.2), unknown=(0.2, 0.4), levels=0, lift=0.25, patients=40):
    return dict(seed=seed, n=n, priors=list(priors), unknown=list(unknown), levels=levels, lift=lift, patients=patients)


warnings.filterwarnings("ignore")
five = dict(priors=(0.5, 0.3, 0.15, 0, 0.4), unknown=(0, 0.5, 0.1, 0, 1))
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}: see labelPools.py",
            "tolerance": 1e-12,
            "resamples": RESAMPLES,
            "seed": SEED,
            "cases": [
                case("two labels, both judged", [run(71)], [[0]]),
                case("five labels, one that none has and one never known, ties", [run(72, **five, levels=10)], [[0]]),
                case("two networks of two folds each, one image to a patient", [run(s, lift=lift, patients=0) for lift in (0.3, 0.1) for s in (73, 74)], [[0, 1], [2, 3]]),
                case("a rare label that some draws miss", [run(75, n=50, priors=(0.04, 0.5), unknown=(0.1, 0), patients=0)], [[0]]),
            ],
        }
    )
)
