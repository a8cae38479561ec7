"""Intervals of AUROC and AUPRC that engine/metrics is held to, computed independently of it.

- bootstrap: the same draws of patients (SHA-256 and sfc32, written anew here), each resample measured by scikit-learn's
  roc_auc_score and average_precision_score with the weights of the images, percentiles by numpy.
- DeLong: the definition of DeLong, DeLong and Clarke-Pearson 1988 over all pairs, quadratic; normal on
  the logit scale, all three functions by scipy.
- figures of one run: intervals of each class against the rest and of their mean by the same means; ROC and precision-recall
  curves by scikit-learn's roc_curve and precision_recall_curve with drop_intermediate.
- Wilson 1927: statsmodels' proportion_confint.
- Holm 1979: the adjusted p-values, the running maximum of (m - i + 1) p(i).

scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0: python test/golden/statistics.py > test/golden/statistics.json
"""

import json
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.special import expit, logit
from scipy.stats import norm
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve
from statsmodels.stats.proportion import proportion_confint

from drawn import drawn_weights, inputs

RESAMPLES, SEED = 400, 7


def counts(positive, scores, weights):
    """Pairs won, all pairs, sum of precisions, positives."""
    p, n = weights[positive].sum(), weights[~positive].sum()
    if p == 0 or n == 0:
        return np.zeros(4)
    auroc = roc_auc_score(positive, scores, sample_weight=weights)
    auprc = average_precision_score(positive, scores, sample_weight=weights)
    return np.array([auroc * p * n, p * n, auprc * p, p])


def areas(runs, index, weights):
    k = runs[0][1].shape[1]
    judged = [1] if k == 2 else range(k)
    result = []
    for label in judged:
        total = sum(
            counts(labels == label, rows[:, label], np.array([weights[index[g]] for g in groups]))
            for labels, rows, groups in runs
        )
        result.append([total[0] / total[1], total[2] / total[3]] if total[1] > 0 else [np.nan, np.nan])
    return np.array(result)


def pooled(runs, weights, index, full):
    """Mean over the classes that all images together define."""
    return areas(runs, index, weights)[~np.isnan(full[:, 0])].mean(axis=0)


def interval(value, draws, confidence):
    defined = draws[~np.isnan(draws)]
    tail = (1 - confidence) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return {"value": value, "low": low, "high": high, "undefinedResamples": int(np.isnan(draws).sum())}


def bootstrap(case):
    runs = [inputs(**run) for run in case["runs"]]
    index, weights = drawn_weights(runs, SEED, RESAMPLES)
    values, draws = [], []
    for pool in case["pools"]:
        chosen = [runs[run] for run in pool]
        ones = np.ones(len(index))
        full = areas(chosen, index, ones)
        values.append(pooled(chosen, ones, index, full))
        draws.append(np.array([pooled(chosen, w, index, full) for w in weights]))
    confidence = case["confidence"]
    expected = [
        {name: interval(value[at], drawn[:, at], confidence) for at, name in enumerate(("auroc", "auprc"))}
        for value, drawn in zip(values, draws)
    ]
    difference = interval(values[0][0] - values[-1][0], draws[0][:, 0] - draws[-1][:, 0], confidence)
    return {**case, "expected": expected, "difference": difference}


def delong(case):
    labels, rows, _ = inputs(**case["run"])
    scores = rows[:, 1].astype(np.float64)
    x, y = scores[labels == 1], scores[labels == 0]
    psi = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    value = psi.mean()
    error = np.sqrt(psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(y))
    reach = norm.ppf((1 + case["confidence"]) / 2) * error / (value * (1 - value))
    low, high = expit(logit(value) + np.array([-1, 1]) * reach)
    return {**case, "expected": {"value": value, "low": low, "high": high}}


def figures(case):
    """Of each class against the rest and of all: intervals by bootstrap, and curves."""
    run = inputs(**case["run"])
    labels, rows, groups = run
    k = rows.shape[1]
    index, weights = drawn_weights([run], 0, case["resamples"])
    against = [(labels == label, rows[:, label]) for label in range(k)]

    def each(w):
        w = np.array([w[index[group]] for group in groups])
        found = [counts(positive, scores, w) for positive, scores in against]
        return np.array([[c[0] / c[1], c[2] / c[3]] if c[1] > 0 else [np.nan, np.nan] for c in found])

    full = each(np.ones(len(index)))
    drawn = np.array([each(w) for w in weights])
    there = ~np.isnan(full[:, 0])

    def intervals(value, draws):
        return {name: interval(value[at], draws[:, at], 0.95) for at, name in enumerate(("auroc", "auprc"))}

    per_class = [intervals(full[label], drawn[:, label]) if there[label] else None for label in range(k)]
    mean = per_class[1] if k == 2 else intervals(full[there].mean(axis=0), drawn[:, there].mean(axis=1))
    curves = []
    for label in range(1 if k == 2 else 0, k):
        if not there[label]:
            continue
        fpr, tpr, above = roc_curve(*against[label], drop_intermediate=True)
        precision, recall, threshold = precision_recall_curve(*against[label], drop_intermediate=True)
        curves.append(
            {
                "class": f"class {label}",
                "roc": {"threshold": [None, *above[1:].tolist()], "falsePositiveRate": fpr.tolist(), "truePositiveRate": tpr.tolist()},
                # Without the point that scikit-learn adds at recall 0; by descending thresholds.
                "precisionRecall": {"threshold": threshold[::-1].tolist(), "recall": recall[-2::-1].tolist(), "precision": precision[-2::-1].tolist()},
            }
        )
    return {**case, "expected": {"mean": mean, "perClass": per_class, "curves": curves}}


def wilson(count, of, confidence):
    low, high = proportion_confint(count, of, alpha=1 - confidence, method="wilson")
    return {"count": count, "of": of, "confidence": confidence, "low": float(low), "high": float(high)}


def holm(ps):
    order = np.argsort(ps, kind="stable")
    adjusted = np.empty(len(ps))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(np.sort(ps) * (len(ps) - np.arange(len(ps)))))
    return {"ps": ps, "adjusted": adjusted.tolist()}


def run(seed, n=120, k=2, levels=0, shares=(0.5,), lift=0.25, patients=40):
    return dict(seed=seed, n=n, k=k, levels=levels, shares=list(shares), lift=lift, patients=patients)


warnings.filterwarnings("ignore")
bootstraps = [
    dict(name="two classes, three images to a patient", runs=[run(1)], pools=[[0]], confidence=0.95),
    dict(name="two networks, one image to a patient", runs=[run(2, patients=0), run(2, lift=0.1, patients=0)], pools=[[0], [1]], confidence=0.9),
    dict(name="three folds against three, ties", runs=[run(s, n=60, levels=8, lift=l) for l in (0.3, 0.2) for s in (3, 4, 5)], pools=[[0, 1, 2], [3, 4, 5]], confidence=0.95),
    dict(name="three classes", runs=[run(6, k=3, shares=(0.5, 0.3))], pools=[[0]], confidence=0.95),
    dict(name="three classes, one absent", runs=[run(8, k=3, shares=(0.5, 0.5))], pools=[[0]], confidence=0.95),
    dict(name="few patients of the rare class", runs=[run(10, n=40, shares=(0.95,), patients=0)], pools=[[0]], confidence=0.95),
]
delongs = [
    dict(name="scattered scores", run=run(11, patients=0), confidence=0.95),
    dict(name="many ties", run=run(12, n=200, levels=5, shares=(0.8,), patients=0), confidence=0.99),
    dict(name="close to 1", run=run(13, n=24, lift=0.75, patients=0), confidence=0.95),
]
figured = [
    dict(name="two classes, three images to a patient, ties", run=run(21, levels=12), resamples=200),
    dict(name="three classes", run=run(22, n=80, k=3, shares=(0.5, 0.3), patients=30), resamples=200),
    dict(name="three classes, one absent, few scores", run=run(23, n=70, k=3, levels=3, shares=(0.5, 0.5), patients=25), resamples=200),
]
probabilities = [1e-9, 0.001, 0.025, 0.05, 0.3, 0.5, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9999]
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}: see statistics.py",
            "tolerance": 1e-12,
            "resamples": RESAMPLES,
            "seed": SEED,
            "bootstrap": [bootstrap(case) for case in bootstraps],
            "delong": [delong(case) for case in delongs],
            "figures": [figures(case) for case in figured],
            "wilson": [wilson(*case) for case in [(0, 5, 0.95), (5, 5, 0.95), (1, 3, 0.9), (81, 263, 0.95), (19999, 20000, 0.99)]],
            "holm": [holm([0.01, 0.04, 0.03, 0.005]), holm([0.02, 0.001, 0.02, 0.3, 0.011, 0.012])],
            "normal": [[p, norm.ppf(p)] for p in probabilities],
        },
        indent=1,
    )
)
