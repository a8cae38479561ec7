"""Masked binary cross-entropy that engine/task is held to: PyTorch's BCEWithLogitsLoss with pos_weight, summed over the known
entries and divided by their number, and its gradient by autograd, all in double precision.

torch 2.14.1: python test/golden/maskedLoss.py > test/golden/maskedLoss.json
"""

import json

import torch

torch.manual_seed(16)


def case(name, n, k, weights, unknown, scale=3.0):
    # Single precision holds what is written, so that both sides start from the same numbers.
    logits = (torch.randn(n, k) * scale).float().double().requires_grad_()
    rows = (torch.rand(n, k) < 0.35).double()
    known = torch.rand(n, k) >= unknown
    weights = torch.tensor(weights, dtype=torch.float64)
    each = torch.nn.BCEWithLogitsLoss(pos_weight=weights, reduction="none")(logits, rows)
    loss = each[known].mean()
    loss.backward()
    return {
        "name": name,
        "logits": logits.tolist(),
        "rows": torch.where(known, rows, -torch.ones(n, k)).int().tolist(),
        "positiveWeights": weights.tolist(),
        "expected": {"loss": loss.item(), "gradient": logits.grad.tolist()},
    }


print(
    json.dumps(
        {
            "source": f"torch {torch.__version__}: see maskedLoss.py",
            # The gradient comes back in single precision.
            "tolerance": 1e-7,
            "cases": [
                case("all known, unweighted", 5, 3, [1.0, 1.0, 1.0], 0),
                case("a third unknown, weighted", 8, 4, [0.5, 1.0, 3.25, 12.0], 1 / 3),
                case("most unknown, large logits", 6, 5, [2.0, 7.5, 1.0, 0.25, 40.0], 0.7, scale=40.0),
                case("one label", 7, 1, [4.0], 0.2),
            ],
        }
    )
)
