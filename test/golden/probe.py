"""What the linear probe and the transferability scores are held to.

Linear probe: scikit-learn's StandardScaler, the root of the number of features, and LogisticRegression(C=10) by fold.
LogME: the evidence maximised by scipy over ln alpha and ln beta, from eigenvalues by numpy; not the fixed-point iteration of
You et al. 2021 (arXiv:2102.11005). H-score with shrinkage: equation (7) of Ibrahim et al. 2021 (arXiv:2110.06893) by a d x d
inverse, with the shrinkage of scikit-learn's LedoitWolf.

scikit-learn 1.9.1, numpy, scipy: python test/golden/probe.py > test/golden/probe.json
"""

import json

import numpy as np
from scipy.optimize import minimize
from sklearn.covariance import ledoit_wolf
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

ROWS, FOLDS = 90, 3
fold = np.array([(i // 3) % FOLDS for i in range(ROWS)])


def features(width, classes):
    return np.array(
        [
            [2 + np.sin(1.7 * i + 0.9 * j * j + 0.3) * (1 + j % 5) + (1.5 if j == i % classes else 0) for j in range(width)]
            for i in range(ROWS)
        ]
    )


def labels(classes):
    return np.array([(i % classes) if i % 4 else (i // 4 + 1) % classes for i in range(ROWS)])


def probe(x, y, classes):
    result = []
    for held in range(FOLDS):
        train, test = fold != held, fold == held
        scaler = StandardScaler().fit(x[train])
        scale = lambda rows: scaler.transform(rows) / np.sqrt(x.shape[1])
        model = LogisticRegression(C=10, tol=1e-10, max_iter=100000).fit(scale(x[train]), y[train])
        p = model.predict_proba(scale(x[test]))
        of = lambda metric: np.mean([metric(y[test] == c, p[:, c]) for c in (range(classes) if classes > 2 else [1])])
        result.append([of(roc_auc_score), of(average_precision_score), log_loss(y[test], p)])
    return np.round(result, 6).tolist()


def log_me(x, y, classes):
    n, d = x.shape
    evidences = []
    for c in range(classes):
        t = (y == c).astype(float)

        def minus_evidence(point):
            alpha, beta = np.exp(point)
            a = alpha * np.eye(d) + beta * x.T @ x
            m = beta * np.linalg.solve(a, x.T @ t)
            value = n / 2 * np.log(beta) + d / 2 * np.log(alpha) - n / 2 * np.log(2 * np.pi)
            value += -beta / 2 * np.sum((x @ m - t) ** 2) - alpha / 2 * m @ m - 0.5 * np.linalg.slogdet(a)[1]
            return -value

        best = min((minimize(minus_evidence, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-10, "maxiter": 9000})
                    for start in ([0, 0], [3, 3], [5, 1])), key=lambda r: r.fun)
        evidences.append(-best.fun / n)
    return round(float(np.mean(evidences)), 6)


def h_score(x, y, classes):
    centred = x - x.mean(0)
    covariance, shrinkage = ledoit_wolf(centred, assume_centered=True)
    between = sum((y == c).mean() * np.outer(centred[y == c].mean(0), centred[y == c].mean(0)) for c in range(classes))
    return round(float((1 - shrinkage) * np.trace(np.linalg.pinv(covariance, rcond=1e-15) @ between)), 6)


cases = []
for width, classes in [(20, 3), (20, 2), (150, 3), (150, 2)]:
    x, y = features(width, classes), labels(classes)
    cases.append(
        {
            "width": width,
            "classes": classes,
            "folds": probe(x, y, classes),
            "logMe": log_me(x, y, classes),
            "hScore": h_score(x, y, classes),
        }
    )
print(json.dumps(cases, indent=1))
