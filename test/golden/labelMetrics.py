"""Metrics of several labels an image that engine/metrics is held to, computed by scikit-learn of each label's known images:
roc_auc_score, average_precision_score, recall_score, balanced_accuracy_score; hamming_loss and log_loss over all known entries.
Where all is known, its own averages over the indicator matrix (average="macro") have to agree.

scikit-learn 1.9.1, numpy 2.4.6: python test/golden/labelMetrics.py > test/golden/labelMetrics.json
"""

import json
import warnings

import numpy as np
import sklearn
from sklearn import metrics as m

from drawn import label_inputs


def of_label(y, p):
    both = len(set(y)) == 2
    called = p >= 0.5
    return {
        "images": int(y.sum()),
        "known": len(y),
        "auroc": m.roc_auc_score(y, p) if both else None,
        "auprc": m.average_precision_score(y, p) if both else None,
        "sensitivity": m.recall_score(y, called) if 1 in y else None,
        "specificity": m.recall_score(y, called, pos_label=0) if 0 in y else None,
    }


def measured(rows, probabilities):
    k = rows.shape[1]
    known = rows >= 0
    pairs = [(rows[known[:, j], j], probabilities[known[:, j], j]) for j in range(k)]
    per_class = [of_label(y, p) for y, p in pairs]

    def mean(name):
        judged = [each[name] for each in per_class if each["auroc"] is not None]
        return float(np.mean(judged)) if judged else None

    y, p = rows[known], probabilities[known].astype(np.float64)
    found = {name: mean(name) for name in ("auroc", "auprc", "sensitivity", "specificity")}
    if known.all() and None not in [each["auroc"] for each in per_class]:
        assert abs(m.roc_auc_score(rows, probabilities, average="macro") - found["auroc"]) < 1e-12
        assert abs(m.average_precision_score(rows, probabilities, average="macro") - found["auprc"]) < 1e-12
        assert abs(m.recall_score(rows, probabilities >= 0.5, average="macro") - found["sensitivity"]) < 1e-12
        assert abs(m.hamming_loss(rows, probabilities >= 0.5) - m.hamming_loss(y, p >= 0.5)) < 1e-12
    return {
        **found,
        "accuracy": 1 - m.hamming_loss(y, p >= 0.5),
        "balancedAccuracy": float(np.mean([m.balanced_accuracy_score(y, p >= 0.5) for y, p in pairs if len(set(y)) == 2])),
        "loss": m.log_loss(y, p),
        "perClass": per_class,
        "confusionMatrix": [],
    }


def case(name, **recipe):
    recipe = {"levels": 0, "lift": 0.25, "patients": 0, **recipe}
    rows, probabilities, _ = label_inputs(**recipe)
    return {"name": name, "recipe": recipe, "expected": measured(rows, probabilities)}


warnings.filterwarnings("ignore")
print(
    json.dumps(
        {
            "source": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}: see labelMetrics.py",
            "tolerance": 1e-12,
            # 1 − p is taken in single precision.
            "lossTolerance": 1e-7,
            "cases": [
                case("all known", seed=61, n=200, priors=[0.5, 0.2, 0.05], unknown=[0, 0, 0]),
                case("some unknown, ties", seed=62, n=150, priors=[0.4, 0.3, 0.1, 0.6], unknown=[0.2, 0, 0.7, 0.4], levels=9),
                case("a label that none has, one that all have, one never known", seed=63, n=60, priors=[0, 1, 0.5, 0.4], unknown=[0, 0.3, 1, 0.1]),
                case("two labels", seed=64, n=90, priors=[0.3, 0.6], unknown=[0.1, 0.1]),
                case("one label", seed=65, n=80, priors=[0.3], unknown=[0.25]),
            ],
        }
    )
)
