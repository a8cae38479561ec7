"""Calibration figures that engine/metrics/calibration is held to, computed independently of it.

- slope: statsmodels' GLM, with which scikit-learn's LogisticRegression without penalty agrees; intercept: scipy's root of
  the score, with which statsmodels' GLM with an offset agrees.
- smooth curve: statsmodels' GLM on patsy's natural cubic splines `cr`, another basis of the same functions.
- bins: scikit-learn's calibration_curve(strategy='quantile'); ECE from its definition; what chance
  makes of it by scipy's halfnorm, and by 4000 draws of outcomes; the debiased error by the authors' package uncertainty-calibration (Kumar et al. 2019). Wilson: statsmodels.
- Brier score: scikit-learn's brier_score_loss, its parts with scikit-learn's IsotonicRegression.
- temperature: scipy's bounded minimisation of scikit-learn's log_loss, and the root of its derivative by brentq.
- Platt: scikit-learn's _sigmoid_calibration, refined by scipy's root of the score with Platt's targets.
- intervals: the same draws of patients (SHA-256 and sfc32, from statistics.py) with each figure computed anew by the above.

numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0, patsy 1.0.3, uncertainty-calibration 0.1.4:
python test/golden/reliability.py > test/golden/reliability.json
"""

import hashlib
import json
import sys
import warnings

# Scripts beside this one have names of modules.
sys.path.pop(0)

import numpy as np
import patsy
import scipy
import sklearn
import statsmodels.api as sm
from calibration.utils import unbiased_square_ce
from scipy.optimize import brentq, minimize_scalar, root
from scipy.stats import halfnorm, norm
from scipy.special import expit, log_softmax, softmax
from sklearn.calibration import _sigmoid_calibration, calibration_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss
from statsmodels.stats.proportion import proportion_confint

warnings.filterwarnings("ignore", category=FutureWarning)
CONFIDENCE, RESAMPLES = 0.95, 200
SMALLEST = 2.0**-149
M = 2**32


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


def log_odds(probabilities, label):
    own = probabilities[:, label]
    rest = np.delete(probabilities, label, axis=1).sum(axis=1)
    return np.log(np.maximum(own, SMALLEST)) - np.log(np.maximum(rest, SMALLEST))


def line(y, x, weights=None):
    design = sm.add_constant(x, has_constant="add")
    return sm.GLM(y, design, family=sm.families.Binomial(), freq_weights=weights).fit(tol=1e-14, maxiter=200).params


def large(y, x, weights=None):
    w = np.ones(len(y)) if weights is None else weights
    found = brentq(lambda a: np.sum(w * (expit(a + x) - y)), -50, 50, xtol=1e-15, rtol=1e-14)
    # Of log odds of probabilities of 0, statsmodels diverges.
    if np.max(np.abs(x)) < 50:
        model = sm.GLM(y, np.ones((len(y), 1)), family=sm.families.Binomial(), offset=x, freq_weights=weights)
        assert abs(model.fit(tol=1e-14, maxiter=200).params[0] - found) < 1e-9
    return found


def edges_of(p):
    bins = min(10, len(p) // 10)
    return np.percentile(p, np.linspace(0, 1, bins + 1) * 100)


def ece_of(p, y, edges):
    of = np.searchsorted(edges[1:-1], p)
    return sum(abs(np.sum((p - y)[of == each])) for each in range(len(edges) - 1)) / len(p)


def chance(p, edges, of):
    """The moments of half-normal variables, and how near they are to ECEs of drawn outcomes."""
    spread = [np.sum((p * (1 - p))[of == b]) for b in np.unique(of)]
    half = [halfnorm(scale=np.sqrt(each)) for each in spread if each > 0]
    mean = sum(each.mean() for each in half) / len(p)
    high = mean + norm.ppf(0.95) * np.sqrt(sum(each.var() for each in half)) / len(p)
    random = np.random.default_rng(5)
    drawn = [ece_of(p, (random.random(len(p)) < p).astype(float), edges) for _ in range(4000)]
    return {"mean": mean, "high": high, "drawn": [np.mean(drawn), np.quantile(drawn, 0.95)]}


def smooth(y, x, p):
    knots = np.quantile(x, [0.05, 0.35, 0.65, 0.95])
    info = patsy.dmatrix(
        "cr(x, knots=inner, lower_bound=low, upper_bound=high) - 1",
        {"x": x, "inner": knots[1:-1], "low": knots[0], "high": knots[-1]},
    )
    fit = sm.GLM(y, np.asarray(info), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
    inside = p[(p > 0) & (p < 1)]
    grid = np.linspace(inside.min(), inside.max(), 51)
    at = np.log(grid) - np.log1p(-grid)
    rows = patsy.dmatrix(
        "cr(x, knots=inner, lower_bound=low, upper_bound=high) - 1",
        {"x": at, "inner": knots[1:-1], "low": knots[0], "high": knots[-1]},
    )
    return {"knots": expit(knots).tolist(), "points": np.column_stack([grid, fit.predict(np.asarray(rows))]).tolist()}


def of_class(name, labels, probabilities, label, draws):
    y = (labels == label).astype(float)
    p = probabilities[:, label].astype(float)
    x = log_odds(probabilities.astype(float), label)
    edges = edges_of(p)
    intercept, slope = line(y, x)
    check = LogisticRegression(C=np.inf, tol=1e-12, max_iter=10_000).fit(x[:, None], y)
    assert abs(check.coef_[0, 0] - slope) < 1e-5 * (1 + abs(slope)), (check.coef_, slope)
    observed, mean = calibration_curve(y, p, n_bins=len(edges) - 1, strategy="quantile")
    of = np.searchsorted(edges[1:-1], p)
    counts = [int(np.sum(of == each)) for each in range(len(edges) - 1)]
    low, high = zip(*[proportion_confint(y[of == b].sum(), n, 0.05, "wilson") for b, n in enumerate(counts) if n])
    isotonic = IsotonicRegression().fit(p, y).predict(p)
    brier, best = brier_score_loss(y, p), np.mean((isotonic - y) ** 2)
    uncertainty = y.mean() * (1 - y.mean())
    drawn = {key: [] for key in ("slope", "intercept", "observedExpected", "brier")}
    for w in draws:
        keep = w > 0
        drawn["slope"].append(line(y[keep], x[keep], w[keep])[1])
        drawn["intercept"].append(large(y[keep], x[keep], w[keep]))
        drawn["observedExpected"].append(np.sum(w * y) / np.sum(w * p))
        drawn["brier"].append(np.average((p - y) ** 2, weights=w))
    ends = {key: np.quantile(values, [0.025, 0.975]).tolist() for key, values in drawn.items()}
    return {
        "class": name,
        "images": int(y.sum()),
        "figures": {
            "slope": slope,
            "intercept": large(y, x),
            "observedExpected": y.sum() / p.sum(),
            "brier": brier,
        },
        "ece": ece_of(p, y, edges),
        "intervals": ends,
        "chance": chance(p, edges, of),
        "debiased": debiased(p, y, of),
        "decomposition": {
            "miscalibration": brier - best,
            "discrimination": uncertainty - best,
            "uncertainty": uncertainty,
        },
        "bins": [
            {"count": n, "mean": m, "observed": o, "low": lo, "high": hi}
            for n, m, o, lo, hi in zip([n for n in counts if n], mean, observed, low, high)
        ],
        "smooth": smooth(y, x, p),
    }


def debiased(p, y, of):
    binned = [list(zip(p[of == b], y[of == b])) for b in np.unique(of)]
    return float(np.sqrt(max(unbiased_square_ce(binned), 0)))


def temperature(labels, probabilities):
    logs = np.log(np.maximum(probabilities.astype(float), SMALLEST))

    def loss(inverse):
        return -np.mean(log_softmax(inverse * logs, axis=1)[np.arange(len(labels)), labels])

    def slope(inverse):
        return np.mean((softmax(inverse * logs, axis=1) * logs).sum(axis=1) - logs[np.arange(len(labels)), labels])

    inverse = brentq(slope, 1e-6, 1e3, xtol=1e-16, rtol=1e-15)
    assert abs(minimize_scalar(loss, bounds=(1e-3, 20), method="bounded", options={"xatol": 1e-10}).x - inverse) < 1e-6
    after = softmax(inverse * logs, axis=1)
    return {"temperature": 1 / inverse, "after": after[:5].tolist(), "logLoss": log_loss(labels, after, labels=range(after.shape[1]))}


def platt(labels, probabilities):
    x = log_odds(probabilities.astype(float), 1)
    a, b = _sigmoid_calibration(x, labels)
    yes, no = np.sum(labels == 1), np.sum(labels == 0)
    targets = np.where(labels == 1, (yes + 1) / (yes + 2), 1 / (no + 2))

    def score(at):
        error = expit(at[0] * x + at[1]) - targets
        return [np.sum(error * x), np.sum(error)]

    found = root(score, [-a, -b], tol=1e-14).x
    assert np.allclose(found, [-a, -b], atol=1e-3), (found, a, b)
    return {"slope": found[0], "intercept": found[1], "scikitLearn": [-a, -b]}


def case(name, seed, n, k, patients, sharpness, levels):
    random = np.random.default_rng(seed)
    labels = random.integers(0, k, n)
    labels[:k] = range(k)
    logits = random.normal(size=(n, k)) + 1.2 * np.eye(k)[labels] + 0.4 * np.arange(k) / k
    # Overconfident: what is right is softmax(logits), about.
    probabilities = softmax(sharpness * logits, axis=1)
    if levels:
        first = np.round(probabilities[:, 0] * levels) / levels
        probabilities = np.column_stack([first, 1 - first])
    probabilities = probabilities.astype(np.float32)
    groups = [f"p{int(each)}" for each in random.integers(0, patients, n)]
    names = list(dict.fromkeys(groups))
    classes = [f"class {each}" for each in range(k)]
    draw, draws = sfc32(0, "calibration"), []
    for _ in range(RESAMPLES):
        counts = np.zeros(len(names))
        for _ in names:
            counts[int(draw() * len(names))] += 1
        draws.append(counts[[names.index(each) for each in groups]])
    exact = probabilities.astype(float)
    judged = [1] if k == 2 else range(k)
    top = exact.max(axis=1)
    hit = (exact.argmax(axis=1) == labels).astype(float)
    squares = (exact - np.eye(k)[labels]) ** 2
    squares = squares[:, 1] if k == 2 else squares.sum(axis=1)
    losses = -np.log(np.maximum(exact[np.arange(n), labels], SMALLEST))
    ends = lambda values: np.quantile([np.average(values, weights=w) for w in draws], [0.025, 0.975]).tolist()  # noqa: E731
    return {
        "name": name,
        "labels": labels.tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "groups": groups,
        "classes": classes,
        "brier": {"value": squares.mean(), "interval": ends(squares)},
        "logLoss": {"value": losses.mean(), "interval": ends(losses)},
        "topLabel": None if k == 2 else ece_of(top, hit, edges_of(top)),
        "perClass": [of_class(classes[each], labels, probabilities, each, draws) for each in judged],
        "temperature": temperature(labels, probabilities),
        "platt": platt(labels, probabilities) if k == 2 else None,
    }


print(
    json.dumps(
        {
            "note": "test/golden/reliability.py; numpy %s, scipy %s, scikit-learn %s"
            % (np.__version__, scipy.__version__, sklearn.__version__),
            "tolerance": 1e-9,
            "confidence": CONFIDENCE,
            "resamples": RESAMPLES,
            "cases": [
                case("two classes, several images a patient", 1, 240, 2, 90, 2.5, 0),
                case("two classes with many ties and probabilities of 0 and 1", 2, 160, 2, 160, 1.5, 12),
                case("three classes", 3, 210, 3, 70, 2.0, 0),
            ],
        }
    )
)
