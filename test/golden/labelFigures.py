"""All figures of several labels an image that engine/metrics is held to, computed independently of it.

- values: scikit-learn with the weights of the images, of each label on the images of which it is known: roc_auc_score,
  average_precision_score, auc of precision_recall_curve, recall_score, precision_score, f1_score, balanced_accuracy_score,
  matthews_corrcoef, brier_score_loss; over all known entries hamming_loss, f1_score with average="micro" and log_loss; of each image
  label_ranking_average_precision_score of what is known. Where scikit-learn puts 0 or 1 for what is 0 / 0, here there is
  nothing. Where all is known its own macro, weighted and subset averages have to agree.
- intervals: scipy.stats.bootstrap, method "percentile" and "BCa", of the same draws of patients, which are handed to it as an
  earlier result; its jackknife leaves out each patient.
- several images of a patient: the mean of the probabilities of the images of which the label is known.

scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1: python test/golden/labelFigures.py > test/golden/labelFigures.json
"""

import json
import warnings

import numpy as np
import scipy
import sklearn
from scipy.stats import bootstrap
from sklearn import metrics as m

from drawn import drawn_weights, label_inputs

RESAMPLES = 120
LABEL = ["auroc", "auprc", "auprcTrapezoidal", "sensitivity", "specificity", "ppv", "npv", "f1", "balancedAccuracy", "mcc", "brier"]


def of_label(y, p, w):
    """Of one label, on the images of which it is known."""
    sides, kept = set(y), w > 0
    y, p, w = y[kept] == 1, p[kept], w[kept]
    called = p >= 0.5
    found = dict.fromkeys(LABEL, np.nan)
    by = dict(sample_weight=w, zero_division=np.nan)
    if y.any() and not y.all():
        found["auroc"] = m.roc_auc_score(y, p, sample_weight=w)
        found["auprc"] = m.average_precision_score(y, p, sample_weight=w)
        precision, recall, _ = m.precision_recall_curve(y, p, sample_weight=w)
        found["auprcTrapezoidal"] = m.auc(recall, precision)
        if called.any() and not called.all():
            found["mcc"] = m.matthews_corrcoef(y, called, sample_weight=w)
    # Where a draw lacks the images with it, or those without, scikit-learn takes the other side alone.
    if len(y) and set(y.astype(int)) == sides:
        found["balancedAccuracy"] = m.balanced_accuracy_score(y, called, sample_weight=w)
    if len(y):
        found["brier"] = m.brier_score_loss(y, p.astype(np.float64), sample_weight=w, pos_label=True, labels=[False, True])
    if y.any():
        found["sensitivity"] = m.recall_score(y, called, **by)
        found["f1"] = m.f1_score(y, called, sample_weight=w, zero_division=0)
    if not y.all():
        found["specificity"] = m.recall_score(~y, ~called, **by)
    if called.any():
        found["ppv"] = m.precision_score(y, called, **by)
    if not called.all():
        found["npv"] = m.precision_score(~y, ~called, **by)
    return [found[name] for name in LABEL]


def of_all(rows, probabilities, w):
    known = rows >= 0
    entries = np.broadcast_to(w[:, None], rows.shape)[known]
    y, p = rows[known], probabilities[known].astype(np.float64)
    y, p, entries = y[entries > 0], p[entries > 0], entries[entries > 0]
    called = p >= 0.5
    right, kept, precisions, ranked = [], [], [], []
    for row, own, mine, weight in zip(rows, probabilities, known, w):
        if weight == 0 or not mine.any():
            continue
        right.append((row[mine] == (own[mine] >= 0.5)).all())
        kept.append(weight)
        if len(set(row[mine])) == 2:
            precisions.append(m.label_ranking_average_precision_score([row[mine]], [own[mine]]))
            ranked.append(weight)
    return {
        "accuracy": 1 - m.hamming_loss(y, called, sample_weight=entries),
        "subsetAccuracy": np.average(right, weights=kept),
        "f1Micro": m.f1_score(y, called, sample_weight=entries) if y.any() else np.nan,
        "labelRankingPrecision": np.average(precisions, weights=ranked) if ranked else np.nan,
        "logLoss": m.log_loss(y, p, sample_weight=entries, labels=[0, 1]),
    }


checked = []


def check(rows, probabilities, macro, weighted, whole):
    """Of all images, scikit-learn's own averages over the indicator matrix, where all is known and each label both ways."""
    called = probabilities >= 0.5
    # One column is taken for two classes.
    if rows.shape[1] == 1 or (rows < 0).any() or any(len(set(column)) < 2 for column in (*rows.T, *called.T)):
        return
    for average, ours in (("macro", macro), ("weighted", weighted)):
        theirs = {
            "auroc": m.roc_auc_score(rows, probabilities, average=average),
            "auprc": m.average_precision_score(rows, probabilities, average=average),
            "sensitivity": m.recall_score(rows, called, average=average),
            "ppv": m.precision_score(rows, called, average=average),
            "f1": m.f1_score(rows, called, average=average),
        }
        for name, value in theirs.items():
            assert abs(ours[LABEL.index(name)] - value) < 1e-12, name
    checked.append(len(rows))
    assert abs(m.accuracy_score(rows, called) - whole["subsetAccuracy"]) < 1e-12
    assert abs(m.f1_score(rows, called, average="micro") - whole["f1Micro"]) < 1e-12
    both = np.array([len(set(row)) == 2 for row in rows])
    assert abs(m.label_ranking_average_precision_score(rows[both], probabilities[both]) - whole["labelRankingPrecision"]) < 1e-12


def numbers(rows, probabilities, w):
    """All of them in one row, and their names."""
    k = rows.shape[1]
    known = rows >= 0
    per_label = np.array([of_label(rows[known[:, j], j], probabilities[known[:, j], j], w[known[:, j]]) for j in range(k)])
    judged = [j for j in range(k) if {0, 1} <= set(rows[:, j])]
    shares = np.array([w[rows[:, j] == 1].sum() / w[known[:, j]].sum() for j in judged])
    macro, weighted = per_label[judged].mean(axis=0), (per_label[judged] * shares[:, None]).sum(axis=0) / shares.sum()
    whole = of_all(rows, probabilities, w)
    if (w == 1).all():
        check(rows, probabilities, macro, weighted, whole)
    parts = {f"label {j}": dict(zip(LABEL, per_label[j])) for j in range(k)}
    parts |= {"macro": dict(zip(LABEL, macro)), "weighted": dict(zip(LABEL, weighted)), "whole": whole}
    return [(part, name) for part in parts for name in parts[part]], np.array([v for part in parts.values() for v in part.values()])


def measured(rows, probabilities, groups, resamples):
    index, weights = drawn_weights([(rows, probabilities, groups)], 0, resamples)
    patient = np.array([index[group] for group in groups])
    names, full = numbers(rows, probabilities, np.ones(len(rows)))
    drawn = np.array([numbers(rows, probabilities, w[patient])[1] for w in weights])
    left = np.array([numbers(rows, probabilities, (patient != each).astype(float))[1] for each in range(len(index))])
    found = {}
    for at, (part, name) in enumerate(names):
        value = full[at]
        if np.isnan(value):
            found.setdefault(part, {})[name] = None
            continue
        defined = drawn[~np.isnan(drawn[:, at]), at]
        # What differs by rounding only is equal: half of such draws count as below the value.
        defined[np.abs(defined - value) < 1e-12] = value
        entry = {"value": float(value), "undefined": int(len(drawn) - len(defined))}
        if not np.isnan(left[:, at]).any() and np.ptp(defined) > 1e-12:

            def statistic(patients):
                missing = set(range(len(index))) - set(np.asarray(patients).astype(int))
                return left[missing.pop(), at] if missing else value

            earlier = scipy.stats._resampling.BootstrapResult(None, defined, None)
            for method, key in (("percentile", "percentile"), ("BCa", "bca")):
                result = bootstrap((np.arange(len(index)),), statistic, n_resamples=0, bootstrap_result=earlier, method=method, confidence_level=0.95, vectorized=False)
                entry[key] = [float(end) for end in result.confidence_interval]
            if np.isnan(entry["bca"]).any():
                del entry["bca"]
        found.setdefault(part, {})[name] = entry
    return found


def combined(rows, probabilities, groups):
    names = list(dict.fromkeys(groups))
    y, p, mixed = -np.ones((len(names), rows.shape[1]), int), np.zeros((len(names), rows.shape[1])), set()
    for at, name in enumerate(names):
        own = np.array([group == name for group in groups])
        for j in range(rows.shape[1]):
            mine = own & (rows[:, j] >= 0)
            if len(set(rows[mine, j])) > 1:
                mixed.add(name)
            elif mine.any():
                y[at, j] = rows[mine, j][0]
                p[at, j] = probabilities[mine, j].astype(np.float64).mean()
    there = (y >= 0).any(axis=1)
    return y[there], p[there].astype(np.float32), [name for at, name in enumerate(names) if there[at]], len(mixed)


def case(name, **recipe):
    recipe = {"levels": 0, "lift": 0.25, "patients": 0, **recipe}
    rows, probabilities, groups = label_inputs(**recipe)
    patients = None
    if recipe["patients"]:
        y, p, names, mixed = combined(rows, probabilities, groups)
        patients = {"mixed": mixed, "cases": len(names), "known": (y >= 0).sum(axis=0).tolist(), "expected": measured(y, p, names, RESAMPLES)}
    return {
        "name": name,
        "recipe": recipe,
        "known": (rows >= 0).sum(axis=0).tolist(),
        "cases": (rows == 1).sum(axis=0).tolist(),
        "expected": measured(rows, probabilities, groups, RESAMPLES),
        "patients": patients,
    }


warnings.filterwarnings("ignore")
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}: see labelFigures.py",
            "tolerance": 1e-9,
            # 1 − p is taken in single precision.
            "lossTolerance": 1e-7,
            "resamples": RESAMPLES,
            "cases": [
                case("three labels, all known, one image to a patient", seed=81, n=80, priors=[0.5, 0.3, 0.15], unknown=[0, 0, 0]),
                case("two labels, some unknown, several images to a patient, ties", seed=82, n=70, priors=[0.4, 0.3], unknown=[0.2, 0.5], levels=9, patients=45),
                case("a label that none has, one that all have, one never known", seed=83, n=50, priors=[0, 1, 0.5, 0.4, 0.2], unknown=[0, 0.3, 1, 0.1, 0.2]),
                case("one label", seed=84, n=60, priors=[0.35], unknown=[0.15], patients=40),
            ],
        }
    )
)
assert checked, "no case that scikit-learn's own averages say something of"
