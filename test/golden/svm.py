"""What scikit-learn computes with linear SVMs one versus the rest and Platt scaling, for the SVM that replaces a head.

scikit-learn 1.9.1, numpy: python test/golden/svm.py > test/golden/svm.json
Tolerances are in the tests: 1e-5 for decision values at convergence, 1e-4 for calibration, 2e-3 for probabilities of a fit
that stops where the application's does.
"""

import json

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC


def features(rows, width):
    """By formula, so that only results are stored; of three classes that overlap, with a column that says nothing."""
    i, j = np.indices((rows, width))
    noise = np.sin((i * width + j + 1) * 12.9898) * 43758.5453
    x = 3 * (noise - np.floor(noise)) + (j % 3 == i % 3)
    x[:, 1] = 3
    y = np.array([(row % 3) if row % 7 else (row + 1) % 3 for row in range(rows)])
    return x.astype(np.float32), y


def svm(x, positive, c):
    return LinearSVC(
        C=c, loss='squared_hinge', dual=True, tol=1e-10, max_iter=10_000_000, class_weight='balanced', random_state=0
    ).fit(x, positive)


def case(rows, width, classes, c):
    x, y = features(rows, width)
    keep = y < classes
    x, y = StandardScaler().fit_transform(x[keep].astype(np.float64)), y[keep]
    folds = np.arange(len(y)) // 2 % 5
    decisions, slopes, intercepts, logits, held_out = [], [], [], [], []
    for label in range(1 if classes == 2 else 0, classes):
        positive = y == label
        out = np.empty(len(y))
        for fold in range(5):
            out[folds == fold] = svm(x[folds != fold], positive[folds != fold], c).decision_function(x[folds == fold])
        held_out.append(out)
        scaling = _SigmoidCalibration().fit(out, positive)
        whole = svm(x, positive, c).decision_function(x)
        decisions.append(whole)
        slopes.append(-scaling.a_)
        intercepts.append(-scaling.b_)
        logits.append(-scaling.a_ * whole - scaling.b_)
    shares = 1 / (1 + np.exp(-np.array(logits)))
    shares = np.array([1 - shares[0], shares[0]]) if classes == 2 else shares
    return {
        'rows': rows, 'width': width, 'classes': classes, 'c': c,
        'decisions': np.round(decisions, 7).tolist(),
        'outOfFold': np.round(held_out, 7).tolist(),
        'slopes': np.round(slopes, 6).tolist(),
        'intercepts': np.round(intercepts, 6).tolist(),
        'probabilities': np.round((shares / shares.sum(0)).T, 6).tolist(),
    }  # fmt: skip


print(json.dumps([case(60, 8, 3, 1), case(60, 8, 2, 0.1), case(45, 90, 3, 0.01)]))
