"""Intervals that a test set will have, for test/engine/metrics/precision.test.ts.

Computed again from the published formulas with scipy 1.17.1 (adaptive quadrature for the calibration slope, Brent's method for
the needed numbers), tolerance of the test 1e-9 relative; and by pmvalsampsize 0.2.1, the package of Ensor and Riley, which
rounds 1.96 and its standard errors: the patients that AUROC and observed/expected need, within 1 %. Its slope is for other
linear predictors, and its net benefit fails; neither is compared.

    python -P test/golden/precision.py > test/golden/precision.json
"""

import contextlib
import io
import json
import math

import pmvalsampsize.pmvalsampsize as pm
import scipy
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm


def newcombe(a, phi, n):
    inner = 1 + (n / 2 - 1) * ((1 - a) / (2 - a)) + (n / 2 - 1) * a / (1 + a)
    return math.sqrt(a * (1 - a) * inner / (n * n * phi * (1 - phi)))


def hanley(a, n1, n2):
    q1, q2 = a / (2 - a), 2 * a * a / (1 + a)
    return math.sqrt((a * (1 - a) + (n1 - 1) * (q1 - a * a) + (n2 - 1) * (q2 - a * a)) / (n1 * n2))


def wilson(p, n, z):
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return half, middle - half, middle + half


def slope(a, phi, n):
    d = math.sqrt(2) * norm.ppf(a)
    centre = math.log(phi / (1 - phi))

    def mean(f):
        def density(x):
            return phi * norm.pdf(x, centre + d * d / 2, d) + (1 - phi) * norm.pdf(x, centre - d * d / 2, d)

        middles = [centre - d * d / 2, centre, centre + d * d / 2]
        low, high = middles[0] - 12 * d, middles[2] + 12 * d
        edges = [low, *middles, high]
        return sum(
            quad(lambda x: f(x) * density(x), x, y, epsabs=1e-14, epsrel=1e-13, limit=500)[0]
            for x, y in zip(edges, edges[1:])
        )

    def weight(x):
        e = math.exp(-abs(x))
        return e / (1 + e) ** 2

    i0, i1, i2 = (mean(lambda x, k=k: x**k * weight(x)) for k in range(3))
    return math.sqrt(i0 / (n * (i0 * i2 - i1 * i1)))


def benefit(sens, spec, phi, t, n):
    odds = t / (1 - t)
    nb = (sens * phi - (1 - spec) * (1 - phi) * odds) / phi
    w = (1 - phi) / phi * odds
    variance = (
        sens * (1 - sens) / phi + w * w * spec * (1 - spec) / (1 - phi) + w * w * (1 - spec) ** 2 / (phi * (1 - phi))
    )
    return nb, math.sqrt(variance / n)


def case(patients, m, icc, phi, a, sens, spec, t, width, confidence):
    z = norm.ppf((1 + confidence) / 2)
    effect = 1 + (m - 1) * icc
    worth = m / effect
    halves = {
        "auroc newcombe": lambda n: z * newcombe(a, phi, n),
        "auroc hanleyMcneil": lambda n: z * hanley(a, n * phi, n * (1 - phi)),
        "sensitivity wilson": lambda n: wilson(sens, n * phi, z)[0],
        "sensitivity buderer": lambda n: z * math.sqrt(sens * (1 - sens) / (n * phi)),
        "specificity wilson": lambda n: wilson(spec, n * (1 - phi), z)[0],
        "specificity buderer": lambda n: z * math.sqrt(spec * (1 - spec) / (n * (1 - phi))),
        "calibration-slope slope": lambda n: z * slope(a, phi, n),
        "observed-expected observedExpected": lambda n: (
            math.exp(z * math.sqrt((1 - phi) / (n * phi))) - math.exp(-z * math.sqrt((1 - phi) / (n * phi)))
        )
        / 2,
        "net-benefit netBenefit": lambda n: z * benefit(sens, spec, phi, t, n)[1],
    }
    n = patients * worth
    needed = {}
    for name, half in halves.items():
        root = brentq(lambda x: half(x) - width, max(2.0, 1 / min(phi, 1 - phi)), 1e8, xtol=1e-9)
        needed[name] = math.ceil(root / worth)
    return dict(
        input=dict(
            patients=patients,
            imagesPerPatient=m,
            icc=icc,
            prevalence=phi,
            auroc=a,
            sensitivity=sens,
            specificity=spec,
            threshold=t,
            width=width,
            confidence=confidence,
        ),
        designEffect=effect,
        effective=n,
        half={name: half(n) for name, half in halves.items()},
        wilson=wilson(sens, n * phi, z)[1:],
        benefit=benefit(sens, spec, phi, t, n)[0],
        needed=needed,
    )


cases = [
    case(60, 1, 1, 0.3, 0.85, 0.8, 0.8, 0.3, 0.05, 0.95),
    case(60, 3, 0.5, 0.3, 0.85, 0.8, 0.8, 0.2, 0.05, 0.95),
    case(250, 2.5, 0.2, 0.05, 0.97, 0.95, 0.9, 0.05, 0.02, 0.9),
    case(1000, 1, 0, 0.8, 0.65, 0.6, 0.7, 0.5, 0.03, 0.99),
]

# Widths of pmvalsampsize are whole: half of each is 0.05 here.
theirs = dict(prevalence=0.1, auroc=0.8, width=0.05)
with contextlib.redirect_stdout(io.StringIO()):
    found = pm.pmvalsampsize(
        type="b",
        prevalence=theirs["prevalence"],
        cstatistic=theirs["auroc"],
        lpnormal=(-2.5, 1),
        simobs=1000,
        oeciwidth=0.1,
        csciwidth=0.1,
        cstatciwidth=0.1,
        noprint=True,
    )

print(
    json.dumps(
        dict(
            scipy=scipy.__version__,
            cases=cases,
            pmvalsampsize=dict(input=theirs, **{row[0]: row[1] for row in found["results_table"] if len(row) > 1}),
        ),
        indent=1,
        default=float,
    )
)
