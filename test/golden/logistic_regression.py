"""Class probabilities of scikit-learn's logistic regression, which the probe of pretrained features is held to.

scikit-learn 1.9.1: python test/golden/logistic_regression.py > test/golden/logistic_regression.json
"""

import json

import numpy as np
from sklearn.linear_model import LogisticRegression

ROWS, WIDTH, TRAIN = 60, 20, 45

x = np.array(
    [[np.sin(1.7 * i + 0.9 * j * j + 0.3) + (0.8 if j == i % 3 else 0) for j in range(WIDTH)] for i in range(ROWS)]
)
y = [(i % 3) if i % 7 else (i + 1) % 3 for i in range(ROWS)]
model = LogisticRegression(C=1, tol=1e-10, max_iter=10000).fit(x[:TRAIN], y[:TRAIN])
print(json.dumps(np.round(model.predict_proba(x[TRAIN:]), 6).tolist()))
