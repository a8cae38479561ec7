"""What engine/metrics says of two networks on the same patients, computed independently of it.

- tails: scipy's normal and Student distributions, and the binomial with its mid-p value.
- McNemar: statsmodels' exact test less the chance of exactly as many (mid-p); the clustered statistic of Durkalski et al.
  2003 by numpy from its definition; by patient, scipy's binomial.
- mean over folds: Nadeau and Bengio 2003, by scipy's t.
- paired DeLong: the definition over all pairs, quadratic, with the covariance of the two.
- calibration slope: statsmodels' Logit with an intercept for each run, and its covariance clustered by patient without
  a correction for small samples; of the difference of two, the same from both models' scores.
- sensitivity at equal specificity: scikit-learn's roc_curve with the weights of the images, interpolated by numpy, on the
  draws of statistics.py (SHA-256 and sfc32, written anew there and here), percentiles by numpy.

scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0: python test/golden/pairs.py > test/golden/pairs.json
"""

import hashlib
import json

import numpy as np
import scipy
import sklearn
import statsmodels
import statsmodels.api as sm
from scipy.stats import binom, chi2, norm, t
from sklearn.metrics import roc_curve
from statsmodels.stats.contingency_tables import mcnemar

M = 2**32


def sfc32(*parts):
    digest = hashlib.sha256(json.dumps(list(parts), separators=(",", ":")).encode()).digest()
    a, b, c = (int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8))
    state = [a, b, c, 1]

    def draw():
        a, b, c, counter = state
        total = (a + b + counter) % M
        state[:] = [b ^ (b >> 9), (c + (c << 3)) % M, (((c << 21) | (c >> 11)) + total) % M, (counter + 1) % M]
        return total / M

    for _ in range(12):
        draw()
    return draw


def inputs(seed, n, k, levels, shares, lift, patients):
    """As in statistics.py."""
    state = seed

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % M
        return (state >> 8) / 2**24

    labels, rows = [], []
    for _ in range(n):
        x, total, label = draw(), 0, k - 1
        for index, share in enumerate(shares):
            total += share
            if x < total:
                label = index
                break
        values = []
        for index in range(k):
            u = draw()
            values.append((np.floor(u * levels) / levels if levels else u) + 0.0625 + (lift if index == label else 0))
        labels.append(label)
        rows.append(np.array(values) / sum(values))
    groups = [f"p{int(draw() * patients)}" for _ in range(n)] if patients else [f"p{i}" for i in range(n)]
    return np.array(labels), np.array(rows).astype(np.float32), groups


def pair_inputs(pair):
    """Labels and patients of the first; of the second network its own noise on the same images."""
    labels, own, groups = inputs(**pair)
    noise = inputs(**{**pair, "seed": pair["seed"] + 1000, "lift": 0})[1].astype(np.float64)
    mixed = 0.5 * own + 0.5 * noise
    return labels, own, mixed.astype(np.float32), groups


def mid_p(fewer, of):
    return float(min(1, 2 * binom.cdf(fewer, of, 0.5) - binom.pmf(fewer, of, 0.5)))


def mcnemar_case(case):
    rows = case["rows"]
    own_only = sum(o and not r for _, o, r in rows)
    other_only = sum(r and not o for _, o, r in rows)
    groups = sorted({g for g, _, _ in rows})
    if len(groups) == len(rows):
        exact = mcnemar([[0, own_only], [other_only, 0]], exact=True).pvalue
        fewer, of = min(own_only, other_only), own_only + other_only
        p = min(1.0, exact - binom.pmf(fewer, of, 0.5)) if own_only != other_only else 1.0
        return {**case, "expected": {"method": "mid-p", "p": float(p)}}
    shares = np.array([np.mean([o - r for g, o, r in rows if g == group]) for group in groups], dtype=float)
    tipped = shares[shares != 0]
    if len(tipped) < 25:
        better = int((tipped > 0).sum())
        return {**case, "expected": {"method": "sign", "p": mid_p(min(better, len(tipped) - better), len(tipped))}}
    statistic = tipped.sum() ** 2 / (tipped**2).sum()
    return {**case, "expected": {"method": "clustered", "p": float(chi2.sf(statistic, 1))}}


def drawn_rows(seed, patients, images, own, other):
    generator = np.random.default_rng(seed)
    return [
        [f"p{patient}", int(generator.random() < own), int(generator.random() < other)]
        for patient in range(patients)
        for _ in range(1 + (patient % images))
    ]


def corrected(values, ratio, confidence):
    v = np.array(values)
    error = v.std(ddof=1) * np.sqrt(1 / len(v) + ratio)
    reach = t.ppf((1 + confidence) / 2, len(v) - 1) * error
    expected = {"mean": v.mean(), "low": v.mean() - reach, "high": v.mean() + reach, "p": 2 * t.sf(abs(v.mean() / error), len(v) - 1)}
    return {"values": values, "ratio": ratio, "confidence": confidence, "expected": {k: float(x) for k, x in expected.items()}}


def delong(pair, confidence):
    labels, own, other, _ = pair_inputs(pair)

    def psi(rows):
        s = rows[:, 1].astype(np.float64)
        x, y = s[labels == 1], s[labels == 0]
        return (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])

    a, b = psi(own), psi(other)
    v10 = np.cov(a.mean(axis=1), b.mean(axis=1))
    v01 = np.cov(a.mean(axis=0), b.mean(axis=0))
    s = v10 / a.shape[0] + v01 / a.shape[1]
    error = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    value = a.mean() - b.mean()
    reach = norm.ppf((1 + confidence) / 2) * error
    found = {"value": value, "low": value - reach, "high": value + reach, "p": 2 * norm.sf(abs(value / error))}
    return {"pair": pair, "confidence": confidence, "expected": {k: float(x) for k, x in found.items()}}


def slope(pairs, label, confidence):
    data = [pair_inputs(pair) for pair in pairs]
    y = np.concatenate([(labels == label).astype(float) for labels, _, _, _ in data])
    groups = np.concatenate([groups for *_, groups in data])
    run = np.concatenate([[at] * len(labels) for at, (labels, *_) in enumerate(data)])
    dummies = (run[:, None] == np.arange(len(data))[None, :]).astype(float)
    names, codes = np.unique(groups, return_inverse=True)

    def fit(which):
        p = np.concatenate([each[which][:, label] for each in data]).astype(np.float64)
        x = np.column_stack([np.log(p / (1 - p)), dummies])
        model = sm.Logit(y, x)
        # Newton until nothing moves any more.
        found = model.fit(disp=0, tol=1e-14, maxiter=100, cov_type="cluster", cov_kwds={"groups": codes, "use_correction": False})
        moves = np.linalg.solve(-model.hessian(found.params), model.score_obs(found.params).T).T[:, 0]
        by_patient = np.bincount(codes, weights=moves, minlength=len(names))
        return found.params[0], found.bse[0], by_patient

    (own, own_error, own_moves), (other, other_error, other_moves) = fit(1), fit(2)
    z = norm.ppf((1 + confidence) / 2)
    gap, error = own - other, np.sqrt(((own_moves - other_moves) ** 2).sum())
    interval = lambda value, error: {"value": float(value), "low": float(value - z * error), "high": float(value + z * error)}
    return {
        "pairs": pairs,
        "label": label,
        "confidence": confidence,
        "expected": {"own": interval(own, own_error), "other": interval(other, other_error), "difference": interval(gap, error)},
    }


def sensitivity(pairs, resamples, seed, confidence):
    """Runs are all own ones, then all others."""
    data = [pair_inputs(pair) for pair in pairs]
    index = {}
    for _, _, _, groups in data:
        for group in groups:
            index.setdefault(group, len(index))
    k = pairs[0]["k"]

    def hits(positive, scores, weights, alarms):
        if (weights[~positive]).sum() == 0 or weights[positive].sum() == 0:
            total = weights[positive].sum()
            return total if weights[~positive].sum() == 0 else 0.0
        fpr, tpr, _ = roc_curve(positive, scores, sample_weight=weights, drop_intermediate=False)
        fp, tp = fpr * weights[~positive].sum(), tpr * weights[positive].sum()
        # From the upper end of a vertical part to the next point.
        at = np.flatnonzero(fp <= alarms + 1e-9)[-1]
        return tp[at] if at + 1 == len(fp) else np.interp(alarms, fp[at : at + 2], tp[at : at + 2])

    def measure(w):
        result = []
        for label in range(k):
            p = n = alarms = own_hits = other_hits = 0.0
            for labels, own, other, groups in data:
                weights = np.array([w[index[g]] for g in groups], dtype=float)
                positive = labels == label
                allowed = weights[(other.argmax(axis=1) == label) & ~positive].sum()
                p += weights[positive].sum()
                n += weights[~positive].sum()
                alarms += allowed
                own_hits += hits(positive, own[:, label], weights, allowed)
                other_hits += hits(positive, other[:, label], weights, allowed)
            result.append([own_hits / p, other_hits / p, 1 - alarms / n] if p > 0 and n > 0 else [np.nan] * 3)
        return np.array(result)

    full = measure(np.ones(len(index)))
    draw = sfc32(seed, "bootstrap")
    drawn = []
    for _ in range(resamples):
        chosen = [int(draw() * len(index)) for _ in index]
        drawn.append(measure(np.bincount(chosen, minlength=len(index)).astype(float)))
    drawn = np.array(drawn)
    tail = (1 - confidence) / 2
    expected = []
    for label in range(k):
        gaps = drawn[:, label, 0] - drawn[:, label, 1]
        gaps = np.round(gaps[~np.isnan(gaps)], 12)
        low, high = np.quantile(gaps, [tail, 1 - tail])
        beyond = min((gaps <= 0).sum(), (gaps >= 0).sum())
        expected.append(
            {
                "specificity": full[label, 2], "own": full[label, 0], "other": full[label, 1],
                "low": low, "high": high, "p": min(1, 2 * (1 + beyond) / (1 + len(gaps))),
                "undefinedResamples": int(np.isnan(drawn[:, label, 0]).sum()),
            }
        )  # fmt: skip
    expected = [{key: float(value) for key, value in each.items()} for each in expected]
    return {"pairs": pairs, "resamples": resamples, "seed": seed, "confidence": confidence, "expected": expected}


def run(seed, n=120, k=2, levels=0, shares=(0.5,), lift=0.25, patients=40):
    return dict(seed=seed, n=n, k=k, levels=levels, shares=list(shares), lift=lift, patients=patients)


one = lambda seed, n, own, other: [[f"p{at}", o, r] for at, (_, o, r) in enumerate(drawn_rows(seed, n, 1, own, other))]
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}, statsmodels {statsmodels.__version__}: see pairs.py",
            "tolerance": 1e-9,
            "normal": [[z, float(2 * norm.sf(z))] for z in (0, 0.1, 1, 1.959964, 2.8, 2.9, 5, 12)],
            "studentTail": [[x, df, float(2 * t.sf(x, df))] for x in (0.1, 1, 2.5, 9) for df in (1, 2, 4, 14, 99)],
            "studentQuantile": [[p, df, float(t.ppf(p, df))] for p in (0.6, 0.95, 0.975, 0.9995) for df in (1, 2, 4, 14, 99)],
            "binomial": [[fewer, of, mid_p(fewer, of)] for fewer, of in [(0, 1), (2, 9), (5, 10), (0, 40), (480, 1000), (9700, 20000)]],
            "mcnemar": [
                mcnemar_case(dict(name="one image to a patient", rows=one(1, 80, 0.8, 0.65))),
                mcnemar_case(dict(name="few discordant", rows=one(2, 20, 0.95, 0.8))),
                mcnemar_case(dict(name="as many on both sides", rows=[["a", 1, 0], ["b", 0, 1], ["c", 1, 1]])),
                mcnemar_case(dict(name="several images to a patient", rows=drawn_rows(3, 60, 4, 0.8, 0.6))),
                mcnemar_case(dict(name="several images, few patients", rows=drawn_rows(4, 12, 3, 0.8, 0.5))),
            ],
            "corrected": [
                corrected([0.91, 0.88, 0.95, 0.9, 0.93], 0.25, 0.95),
                corrected([-0.02, 0.01, -0.015, 0.0, -0.03, -0.011, 0.004, -0.02, -0.018, 0.002], 1 / 9, 0.9),
                corrected([0.8, 0.9], 0.3, 0.95),
            ],
            "delong": [delong(run(31, patients=0), 0.95), delong(run(32, n=60, levels=6, shares=(0.8,), patients=0), 0.9)],
            "slope": [
                slope([run(41)], 1, 0.95),
                slope([run(42, n=60), run(43, n=80, lift=0.15)], 1, 0.95),
                slope([run(44, n=150, k=3, shares=(0.5, 0.3), lift=0.2)], 2, 0.9),
            ],
            "sensitivity": [
                sensitivity([run(51)], 200, 7, 0.95),
                sensitivity([run(52, n=70, levels=9), run(53, n=60, levels=9)], 200, 7, 0.9),
                sensitivity([run(54, n=100, k=3, shares=(0.6, 0.35), patients=30)], 200, 0, 0.95),
            ],
        },
        indent=1,
    )
)
