"""All figures of classification that engine/metrics is held to, computed independently of it.

- values: scikit-learn with the weights of the images: roc_auc_score, average_precision_score, auc of
  precision_recall_curve, precision_recall_fscore_support, accuracy_score, balanced_accuracy_score, matthews_corrcoef,
  cohen_kappa_score (with linear and quadratic weights), brier_score_loss, log_loss; averages of several classes by
  average="macro" and "weighted". Where scikit-learn puts 0 or 1 for what is 0 / 0, here there is nothing.
- intervals: scipy.stats.bootstrap, method "percentile" and "BCa", of the same draws of patients, which are handed to it as an
  earlier result; its jackknife leaves out each patient.
- Wilson: statsmodels' proportion_confint.
- several images of a patient: the combined probabilities by their definitions in numpy, measured as above.

scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0: python test/golden/figures.py > test/golden/figures.json
"""

import json
import warnings

import numpy as np
import scipy
import sklearn
import statsmodels
from scipy.special import ndtr
from scipy.stats import bootstrap
from sklearn import metrics as m
from statsmodels.stats.proportion import proportion_confint

from drawn import drawn_weights, inputs

RESAMPLES = 150
CLASS = ["auroc", "auprc", "auprcTrapezoidal", "sensitivity", "specificity", "ppv", "npv", "f1"]


def of_class(label, labels, rows, predicted, w):
    """Of one class against the rest."""
    positive, taken, scores = labels == label, predicted == label, rows[:, label]
    there = w[positive].sum() > 0
    alone = w[~positive].sum() == 0
    found = dict.fromkeys(CLASS, np.nan)
    if there and not alone:
        found["auroc"] = m.roc_auc_score(positive, scores, sample_weight=w)
        found["auprc"] = m.average_precision_score(positive, scores, sample_weight=w)
        precision, recall, _ = m.precision_recall_curve(positive, scores, sample_weight=w)
        found["auprcTrapezoidal"] = m.auc(recall, precision)
    by = dict(sample_weight=w, zero_division=np.nan)
    if there:
        found["sensitivity"] = m.recall_score(positive, taken, **by)
        found["f1"] = m.f1_score(positive, taken, sample_weight=w, zero_division=0)
    if not alone:
        found["specificity"] = m.recall_score(~positive, ~taken, **by)
    if w[taken].sum() > 0:
        found["ppv"] = m.precision_score(positive, taken, **by)
    if w[~taken].sum() > 0:
        found["npv"] = m.precision_score(~positive, ~taken, **by)
    return [found[name] for name in CLASS]


def of_all(labels, rows, predicted, w, order):
    k = rows.shape[1]
    kept = w > 0
    y, p, w = labels[kept], predicted[kept], w[kept]
    probabilities = rows[kept].astype(np.float64)
    ranks = np.array([order.index(label) for label in range(k)]) if order else None
    weighted = [
        m.cohen_kappa_score(ranks[y], ranks[p], weights=weights, sample_weight=w, labels=range(k)) if order else np.nan
        for weights in ("linear", "quadratic")
    ]
    sensitivities = [np.average(p[y == label] == label, weights=w[y == label]) if (y == label).any() else np.nan for label in sorted(set(labels))]
    one = len(set(y)) == 1 or len(set(p)) == 1
    loss = -np.average(np.log(probabilities[np.arange(len(y)), y]), weights=w)
    if len(set(y)) == k:
        # It puts the rows to the sum 1 in double precision, which single precision is not to 1e-9.
        assert abs(m.log_loss(y, probabilities, sample_weight=w, labels=range(k)) - loss) < 1e-6
        assert abs(m.balanced_accuracy_score(y, p, sample_weight=w) - np.mean(sensitivities)) < 1e-12
    brier = (
        m.brier_score_loss(y, probabilities[:, 1], sample_weight=w, pos_label=1, labels=[0, 1])
        if k == 2
        else np.average(((probabilities - np.eye(k)[y]) ** 2).sum(axis=1), weights=w)
    )
    if k > 2 and len(set(y)) == k:
        normal = probabilities / probabilities.sum(axis=1, keepdims=True)
        assert abs(m.brier_score_loss(y, normal, sample_weight=w, labels=range(k), scale_by_half=False) - brier) < 1e-6
    return {
        "accuracy": m.accuracy_score(y, p, sample_weight=w),
        "balancedAccuracy": np.mean(sensitivities),
        "mcc": np.nan if one else m.matthews_corrcoef(y, p, sample_weight=w),
        "kappa": m.cohen_kappa_score(y, p, sample_weight=w, labels=range(k)),
        "kappaLinear": weighted[0],
        "kappaQuadratic": weighted[1],
        "brier": brier,
        "logLoss": loss,
    }


def check_averages(labels, rows, predicted, macro, weighted):
    """Of all images, scikit-learn's own averages, where each class occurs and is predicted."""
    k = rows.shape[1]
    if len(set(labels)) < k or len(set(predicted)) < k:
        return
    for average, ours in (("macro", macro), ("weighted", weighted)):
        positive = np.eye(k)[labels]
        close = lambda name, value: abs(ours[CLASS.index(name)] - value) < 1e-12 or exec("raise AssertionError(name)")
        close("auroc", m.roc_auc_score(positive, rows, average=average))
        close("auprc", m.average_precision_score(positive, rows, average=average))
        precision, recall, f1, _ = m.precision_recall_fscore_support(labels, predicted, average=average)
        for name, value in (("ppv", precision), ("sensitivity", recall), ("f1", f1)):
            close(name, value)


def numbers(labels, rows, w, order):
    """All of them in one row, and their names."""
    k = rows.shape[1]
    predicted = rows.argmax(axis=1)
    per_class = np.array([of_class(label, labels, rows, predicted, w) for label in range(k)])
    present = sorted(set(labels))
    parts = {f"class {label}": dict(zip(CLASS, per_class[label])) for label in range(k)}
    if k > 2:
        priors = np.array([w[labels == label].sum() for label in present])
        macro = per_class[present].mean(axis=0)
        weighted = np.average(per_class[present], axis=0, weights=priors) if priors.all() else np.full(len(CLASS), np.nan)
        # A class that was not drawn has no weight, but it has no value either.
        if (w == 1).all():
            check_averages(labels, rows, predicted, macro, weighted)
        parts["macro"], parts["weighted"] = dict(zip(CLASS, macro)), dict(zip(CLASS, weighted))
    parts["whole"] = of_all(labels, rows, predicted, w, order)
    return [(part, name) for part in parts for name in parts[part]], np.array([v for part in parts.values() for v in part.values()])


def interval(low, high):
    return [float(low), float(high)]


def measured(labels, rows, groups, order, resamples):
    index, weights = drawn_weights([(labels, rows, groups)], 0, resamples)
    patient = np.array([index[group] for group in groups])
    names, full = numbers(labels, rows, np.ones(len(labels)), order)
    drawn = np.array([numbers(labels, rows, w[patient], order)[1] for w in weights])
    left = np.array([numbers(labels, rows, (patient != each).astype(float), order)[1] for each in range(len(index))])
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
            # The statistic of a set of patients: all of them, or all but one.
            def statistic(patients):
                missing = set(range(len(index))) - set(np.asarray(patients).astype(int))
                return left[missing.pop(), at] if missing else value

            earlier = scipy.stats._resampling.BootstrapResult(None, defined, None)
            for method, key in (("percentile", "percentile"), ("BCa", "bca")):
                result = bootstrap((np.arange(len(index)),), statistic, n_resamples=0, bootstrap_result=earlier, method=method, confidence_level=0.95, vectorized=False)
                entry[key] = interval(*result.confidence_interval)
            if np.isnan(entry["bca"]).any():
                del entry["bca"]
        found.setdefault(part, {})[name] = entry
    return found


def combined(labels, rows, groups, how):
    k = rows.shape[1]
    kept, values, mixed = [], [], 0
    names = list(dict.fromkeys(groups))
    for name in names:
        own = np.array([group == name for group in groups])
        if len(set(labels[own])) > 1:
            mixed += 1
            continue
        p = rows[own].astype(np.float64)
        each = {"mean": p.mean(axis=0), "max": p.max(axis=0), "noisy-or": 1 - (1 - p).prod(axis=0)}[how]
        each = np.array([1 - each[1], each[1]]) if k == 2 else each / each.sum()
        kept.append((labels[own][0], name))
        values.append(each)
    return np.array([label for label, _ in kept]), np.array(values).astype(np.float32), [name for _, name in kept], mixed


def case(name, run, order=None, resamples=RESAMPLES):
    labels, rows, groups = inputs(**run)
    if run["patients"]:
        # Most patients have images of one class, as they mostly have.
        first = {}
        for at, group in enumerate(groups):
            first.setdefault(group, labels[at])
        groups = [group if first[group] == labels[at] else f"{group}.{labels[at]}" if at % 9 else group for at, group in enumerate(groups)]
    sets = []
    if len(set(groups)) < len(groups):
        for how in ("mean", "max", "noisy-or"):
            y, p, own, mixed = combined(labels, rows, groups, how)
            sets.append({"aggregation": how, "mixed": mixed, "cases": len(y), "expected": measured(y, p, own, order, resamples)})
    return {"name": name, "run": run, "order": order, "resamples": resamples, "groups": groups, "expected": measured(labels, rows, groups, order, resamples), "sets": sets}


def run(seed, n=90, k=2, levels=0, shares=(0.5,), lift=0.25, patients=40):
    return dict(seed=seed, n=n, k=k, levels=levels, shares=list(shares), lift=lift, patients=patients)


warnings.filterwarnings("ignore")
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}: see figures.py",
            "tolerance": 1e-9,
            "cases": [
                case("two classes, several images to a patient, ties", run(41, levels=12)),
                case("two classes, one image to a patient", run(42, n=60, patients=0)),
                case("three classes in an order, several images to a patient", run(43, k=3, shares=(0.5, 0.3), patients=35), order=[1, 0, 2]),
                case("four classes, one absent", run(44, n=70, k=4, shares=(0.4, 0.3, 0.3), patients=0)),
                case("one class", run(45, n=12, shares=(1.1,), patients=0)),
                case("equal scores everywhere", run(46, n=30, levels=1, lift=0, patients=0)),
            ],
            "wilson": [[c, n, *map(float, proportion_confint(c, n, method="wilson"))] for c, n in ((0, 7), (45, 60), (30, 30))],
            "normal": [[x, float(ndtr(x))] for x in (-9, -6, -2.5, -0.3, 0, 0.1, 1, 1.96, 4.2, 7.9)],
        },
    )
)
