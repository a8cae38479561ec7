"""Thresholds, likelihood ratios, decision curves and conformal sets that engine/metrics is held to, computed without it.

- thresholds: scikit-learn's roc_curve without dropping points, np.argmax of tpr - fpr, and the first or last point that
  reaches a target; counts at them by scikit-learn's confusion_matrix; shares by statsmodels' proportion_confint (Wilson).
- PPV and NPV at a prevalence: the logit intervals of Mercaldo, Lau and Zhou 2007 (Stat Med 26:2170), with z^2/2 added to
  each count where one is 0 or all.
- patients with several images: the draws of bootstrapPools (SHA-256 and sfc32, written anew here), percentiles by numpy.
- decision curves: the package dcurves, also at a prevalence that was named; the band by the same draws.
- conformal sets: numpy's quantile of 1 - p, method "inverted_cdf", at the level ceil((n + 1)(1 - alpha)) / n, class by class.
- prior shift: two normal densities, whose posterior is known at any prevalence.

scikit-learn 1.9.1, numpy 2.4.6, statsmodels 0.15.0, scipy 1.17.1, dcurves 1.1.7, pandas 2.3.3:
    python test/golden/decisions.py > test/golden/decisions.json
"""

import hashlib
import json
import math

import dcurves
import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import beta, norm
from sklearn.metrics import confusion_matrix, roc_curve
from statsmodels.stats.proportion import proportion_confint

RESAMPLES, SEED, CONFIDENCE = 300, 0, 0.95
TAILS = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
M = 2**32


def sfc32(*parts):
    digest = hashlib.sha256(json.dumps(list(parts), separators=(",", ":")).encode()).digest()
    state = [int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8)] + [1]

    def draw():
        a, b, c, counter = state
        total = (a + b + counter) % M
        state[:] = [b ^ (b >> 9), (c + (c << 3)) % M, (((c << 21) | (c >> 11)) + total) % M, (counter + 1) % M]
        return total / M

    for _ in range(12):
        draw()
    return draw


def drawn_patients(count):
    draw = sfc32(SEED, "bootstrap")
    return [np.bincount([int(draw() * count) for _ in range(count)], minlength=count) for _ in range(RESAMPLES)]


def study(seed, n, levels=None, patients=None, prevalence=0.3):
    """Labels, scores as 32-bit numbers with two digits or few levels, and patients."""
    rng = np.random.default_rng(seed)
    positive = rng.random(n) < prevalence
    scores = expit(rng.normal(-1 + 2 * positive, 1))
    scores = np.round(scores * levels) / levels if levels else scores
    return positive.astype(int), scores.astype(np.float32), rng.integers(0, patients, n) if patients else np.arange(n)


def renumbered(groups):
    """Patients counted from 0 in the order of their first images."""
    order = {g: at for at, g in enumerate(dict.fromkeys(groups.tolist()))}
    return np.array([order[g] for g in groups.tolist()])


def cuts(positive, scores):
    fpr, tpr, thresholds = roc_curve(positive, scores, drop_intermediate=False)
    fpr, tpr, thresholds = fpr[1:], tpr[1:], thresholds[1:]
    p, n = positive.sum(), (1 - positive).sum()
    rules = {
        "youden": int(np.argmax(np.round((tpr - fpr) * p * n))),
        "sensitivity 0.9": int(np.flatnonzero(tpr >= 0.9)[0]),
        "sensitivity 1": int(np.flatnonzero(tpr >= 1)[0]),
        "specificity 0.8": int(np.flatnonzero(1 - fpr >= 0.8)[-1]),
        "cost 5": int(np.argmin(5 * np.round(p * (1 - tpr)) + np.round(n * fpr))),
    }
    return {name: {"score": float(thresholds[at]), "next": float(thresholds[at + 1]) if at + 1 < len(thresholds) else 0.0} for name, at in rules.items()}


def cells(positive, scores, threshold, weights=None):
    (tn, fp), (fn, tp) = confusion_matrix(positive, scores.astype(float) >= threshold, labels=[0, 1], sample_weight=weights)
    return np.array([tp, fp, fn, tn], float)


SHARES = {
    "sensitivity": lambda tp, fp, fn, tn: (tp, tp + fn),
    "specificity": lambda tp, fp, fn, tn: (tn, tn + fp),
    "ppv": lambda tp, fp, fn, tn: (tp, tp + fp),
    "npv": lambda tp, fp, fn, tn: (tn, tn + fn),
    "accuracy": lambda tp, fp, fn, tn: (tp + tn, tp + fp + fn + tn),
}


def predictive(c, prevalence):
    """Mercaldo et al. 2007, equations 2.1 to 2.4."""
    tp, fp, fn, tn = c
    z = norm.ppf(TAILS[1])
    value = {"ppv": tp / (tp + fn) * prevalence / (tp / (tp + fn) * prevalence + fp / (tn + fp) * (1 - prevalence)), "npv": tn / (tn + fp) * (1 - prevalence) / (tn / (tn + fp) * (1 - prevalence) + fn / (tp + fn) * prevalence)}
    if 0 in c:
        tp, fp, fn, tn = c + z**2 / 2
    n1, n0 = tp + fn, tn + fp
    se, sp = tp / n1, tn / n0
    middle = {"ppv": math.log(se * prevalence / ((1 - sp) * (1 - prevalence))), "npv": math.log(sp * (1 - prevalence) / ((1 - se) * prevalence))}
    variance = {"ppv": (1 - se) / se / n1 + sp / (1 - sp) / n0, "npv": se / (1 - se) / n1 + (1 - sp) / sp / n0}
    return {
        name: {
            "value": value[name],
            "low": min(value[name], expit(middle[name] - z * math.sqrt(variance[name]))),
            "high": max(value[name], expit(middle[name] + z * math.sqrt(variance[name]))),
        }
        for name in value
    }


def figures(name, positive, scores, threshold, groups=None):
    c = cells(positive, scores, threshold)
    out = {"name": name, "positive": positive.tolist(), "scores": scores.astype(float).tolist(), "threshold": threshold, "counts": c.astype(int).tolist()}
    if groups is None:
        for share, of in SHARES.items():
            count, total = of(*c)
            out[share] = {"value": count / total, **dict(zip(("low", "high"), proportion_confint(count, total, 1 - CONFIDENCE, "wilson")))}
        out["prevalences"] = [{"prevalence": p, **predictive(c, p)} for p in (0.01, 0.2, 0.5)]
        return out
    index = renumbered(groups)
    drawn = [cells(positive, scores, threshold, weights[index].astype(float)) for weights in drawn_patients(index.max() + 1)]
    for share, of in SHARES.items():
        values = [a / b for a, b in (of(*each) for each in drawn) if b > 0]
        out[share] = {"value": np.divide(*of(*c)), **dict(zip(("low", "high"), np.quantile(values, TAILS)))}
    shifted = {
        "ppv": lambda p, tp, fp, fn, tn: tp / (tp + fn) * p / (tp / (tp + fn) * p + fp / (tn + fp) * (1 - p)),
        "npv": lambda p, tp, fp, fn, tn: tn / (tn + fp) * (1 - p) / (tn / (tn + fp) * (1 - p) + fn / (tp + fn) * p),
    }
    # Type 7 quantiles are not those of a transformed sample between two order statistics; on the ratio they are exact.
    def ratio(which, each):
        tp, fp, fn, tn = each
        return fp / (fp + tn) / (tp / (tp + fn)) if which == "ppv" else fn / (tp + fn) / (tn / (fp + tn))

    out["ratios"] = {which: {"value": ratio(which, c), **dict(zip(("low", "high"), np.quantile([ratio(which, each) for each in drawn], TAILS)))} for which in shifted}
    out["prevalences"] = [{"prevalence": p, **{which: {"value": of(p, *c)} for which, of in shifted.items()}} for p in (0.01, 0.2)]
    out["groups"] = groups.tolist()
    return out


def curve(name, positive, scores, groups, prevalence=None):
    thresholds = [round(0.05 * at, 2) for at in range(1, 19)]

    def dca(weights=None):
        rows = np.repeat(np.arange(len(scores)), weights) if weights is not None else np.arange(len(scores))
        frame = pd.DataFrame({"y": positive[rows], "model": scores[rows].astype(float)})
        found = dcurves.dca(data=frame, outcome="y", modelnames=["model"], thresholds=thresholds, prevalence=prevalence)
        return {of: found[found.model == of].sort_values("threshold").net_benefit.to_numpy() for of in ("model", "all")}

    index = renumbered(groups)
    found = dca()
    drawn = np.array([dca(weights[index])["model"] for weights in drawn_patients(index.max() + 1)])
    low, high = np.quantile(drawn, TAILS, axis=0)
    return {"name": name, "positive": positive.tolist(), "scores": scores.astype(float).tolist(), "groups": groups.tolist(), "prevalence": prevalence, "thresholds": thresholds, "model": found["model"].tolist(), "all": found["all"].tolist(), "low": low.tolist(), "high": high.tolist()}


def conformal(seed, n, patients, alpha):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 3, n)
    rows = rng.normal(0, 1, (n, 3)) + 1.5 * np.eye(3)[labels]
    rows = (np.exp(rows) / np.exp(rows).sum(axis=1, keepdims=True)).astype(np.float32)
    groups = rng.integers(0, patients, n)
    thresholds = []
    for label in range(3):
        frame = pd.DataFrame({"group": groups, "score": 1 - rows[:, label].astype(float)})[labels == label]
        worst = frame.groupby("group").score.max().to_numpy()
        level = math.ceil((len(worst) + 1) * (1 - alpha)) / len(worst)
        thresholds.append(1 - np.quantile(worst, level, method="inverted_cdf"))
    return {"labels": labels.tolist(), "probabilities": rows.astype(float).ravel().tolist(), "groups": groups.tolist(), "alpha": alpha, "thresholds": thresholds}


def needed(alpha):
    """Patients from which on a coverage below 1 - 2 alpha has a chance of at most 10 %."""
    least = math.ceil(1 / alpha - 1e-9) - 1
    k = lambda n: math.ceil((n + 1) * (1 - alpha) - 1e-9)
    bad = [n for n in range(least, 100 * (least + 1)) if beta.cdf(1 - 2 * alpha, k(n), n + 1 - k(n)) > 0.1]
    return {"alpha": alpha, "least": least, "needed": max(bad) + 1 if bad else least}


def shift(x, a, b):
    posterior = lambda prior: prior * norm.pdf(x, 1) / (prior * norm.pdf(x, 1) + (1 - prior) * norm.pdf(x))
    return {"probability": posterior(a), "from": a, "to": b, "expected": posterior(b)}


plain, tied, clustered = study(1, 160), study(2, 220, levels=10), study(3, 150, patients=40)
few = study(4, 30)
print(
    json.dumps(
        {
            "source": f"scikit-learn, statsmodels, dcurves, numpy {np.__version__}: see decisions.py",
            "tolerance": 1e-9,
            "resamples": RESAMPLES,
            "cuts": [{"name": name, "positive": s[0].tolist(), "scores": s[1].astype(float).tolist(), "rules": cuts(s[0], s[1])} for name, s in (("scattered", plain), ("many ties", tied), ("several images", clustered))],
            "figures": [
                figures("scattered", plain[0], plain[1], 0.35),
                figures("many ties, at a score", tied[0], tied[1], 0.4),
                figures("no false alarm", few[0], few[1], float(np.round(few[1][few[0] == 0].max() + 1e-4, 4))),
                figures("several images to a patient", *clustered[:2], 0.3, clustered[2]),
            ],
            "curves": [
                curve("scattered", *plain),
                curve("many ties, a prevalence that was named", *tied, prevalence=0.05),
                curve("several images to a patient", *clustered),
            ],
            "conformal": [conformal(5, 200, 60, 0.1), conformal(6, 90, 90, 0.2)],
            "needed": [needed(alpha) for alpha in (0.4, 0.2, 0.1, 0.05, 0.02)],
            "shift": [shift(0.7, 0.5, 0.02), shift(-1.0, 0.3, 0.9), shift(0.1, 0.2, 0.2)],
        },
        indent=None,
    )
)
