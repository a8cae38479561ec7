"""What Task2Vec is held to: the Fisher information of a small network by a loop over images, one backward pass of autograd
each, the head by torch.optim.Adam, and the distances of Achille et al. 2019 (arXiv:1902.03545) in numpy.

PyTorch in float64, numpy: python -P test/golden/task2vec.py > test/golden/task2vec.json
"""

import json

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
IMAGES, SIZE, CLASSES = 6, 9, 3


def values(shape, seed, scale=1.0, offset=0.0):
    """By a formula that the test has too; the last axis varies fastest, as in the layouts of the program."""
    i = np.arange(np.prod(shape))
    return (np.sin(1.3 * i + seed) * scale + offset).reshape(shape)


# Layouts of the program: [h, w, in, out], [h, w, channels, 1], [in, out].
weights = {
    "conv/kernel": values((3, 3, 3, 4), 1, 0.5),
    "conv/bias": values((4,), 2, 0.1),
    "norm/gamma": values((4,), 3, 0.2, 1),
    "norm/beta": values((4,), 4, 0.1),
    "norm/mean": values((4,), 5, 0.3),
    "norm/variance": values((4,), 6, 0.3, 1),
    "deep/kernel": values((3, 3, 4, 1), 7, 0.6),
    "point/kernel": values((1, 1, 4, 5), 8, 0.7),
    "inner/kernel": values((5, 6), 9, 0.8),
    "inner/bias": values((6,), 10, 0.1),
    "head_dense/kernel": values((6, CLASSES), 11, 1.5),
    "head_dense/bias": values((CLASSES,), 12, 0.2),
}
images = values((IMAGES, SIZE, SIZE, 3), 0.5, 1.2)
draws = ((0.37 + 0.61803398875 * np.arange(2 * IMAGES)) % 1).tolist()
filters = ["conv/kernel", "deep/kernel", "point/kernel", "inner/kernel"]


def forward(w, x):
    x = x.permute(0, 3, 1, 2)
    x = F.conv2d(x, w["conv/kernel"].permute(3, 2, 0, 1), w["conv/bias"], stride=2, padding=1)
    x = F.batch_norm(x, w["norm/mean"], w["norm/variance"], w["norm/gamma"], w["norm/beta"], eps=1e-3)
    x = F.relu(x)
    x = F.conv2d(x, w["deep/kernel"].permute(2, 3, 0, 1), padding=1, groups=4)
    x = F.relu(x)
    x = F.conv2d(x, w["point/kernel"].permute(3, 2, 0, 1))
    x = x.permute(0, 2, 3, 1) @ w["inner/kernel"] + w["inner/bias"]
    return x.mean((1, 2)) @ w["head_dense/kernel"] + w["head_dense/bias"]


def gradients(rows, labels):
    """Square of the gradient of the mean log-likelihood of some images, averaged over the weights of each filter."""
    w = {name: torch.tensor(value, requires_grad=name in filters) for name, value in weights.items()}
    F.cross_entropy(forward(w, torch.tensor(images[rows])), torch.tensor(labels)).backward()
    parts = []
    for name in filters:
        g = w[name].grad.numpy() ** 2
        parts.append(g.reshape(-1, 4).mean(0) if name == "deep/kernel" else g.reshape(-1, g.shape[-1]).mean(0))
    return np.concatenate(parts)


def predicted(rows):
    w = {name: torch.tensor(value) for name, value in weights.items()}
    return torch.softmax(forward(w, torch.tensor(images[rows])), 1).numpy()


def drawn_by_contribution(i, u):
    """One label, with chances as what it contributes to the trace at the logits; its square weighted by p / chance."""
    p = predicted([i])[0]
    parts = p * ((np.eye(CLASSES) - p) ** 2).sum(1)
    chances = parts / parts.sum()
    label = int(np.argmax(np.cumsum(chances) > u))
    return p[label] / chances[label] * gradients([i], [label])


def drawn_plainly(rows, u):
    labels = [int(np.argmax(np.cumsum(p) > at)) for p, at in zip(predicted(rows), u)]
    return gradients(rows, labels)


image_weights = np.array([1 / 4, 1 / 4, 1 / 8, 1 / 8, 1 / 8, 1 / 8])
per_image = sum(
    image_weights[i] * np.mean([drawn_by_contribution(i, draws[2 * i + d]) for d in range(2)], axis=0)
    for i in range(IMAGES)
)
# The definition: every label of every image, as likely as it is predicted.
exact = sum(
    image_weights[i] * p * gradients([i], [label])
    for i in range(IMAGES)
    for label, p in enumerate(predicted([i])[0])
)
batch = np.mean([drawn_plainly([0, 1, 2], draws[0:3]), drawn_plainly([3, 4, 5], draws[3:6])], axis=0)


def head():
    x, y = torch.tensor(values((8, 5), 0.2)), torch.tensor([0, 1, 2, 0, 1, 2, 0, 1])
    layer = torch.nn.Linear(5, 3)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(values((5, 3), 0.3, 0.4)).T)
        layer.bias.copy_(torch.tensor(values((3,), 0.4, 0.4)))
    optimiser = torch.optim.Adam(layer.parameters(), lr=4e-4, weight_decay=1e-4)
    for step in range(300):
        rows = [(step + 3 * k) % 8 for k in range(4)]
        optimiser.zero_grad()
        F.cross_entropy(layer(x[rows]), y[rows]).backward()
        optimiser.step()
    return {"kernel": layer.weight.detach().numpy().T.ravel().tolist(), "bias": layer.bias.detach().numpy().tolist()}


def cosine(u, v):
    return 1 - u @ v / np.linalg.norm(u) / np.linalg.norm(v)


def symmetric(a, b):
    keep = a + b > 0
    a, b = a[keep], b[keep]
    return cosine(a / (a + b), b / (a + b))


def trivial(a):
    return symmetric(a, np.full_like(a, np.sort(a)[len(a) // 2]))


embeddings = [np.abs(values((40,), seed, 1.0)) ** 3 for seed in (0.1, 0.7, 1.9)]
embeddings[0][3] = embeddings[1][3] = embeddings[1][7] = 0
pairs = [(a, b) for a in range(3) for b in range(3)]

print(
    json.dumps(
        {
            "source": f"PyTorch {torch.__version__} in float64, numpy {np.__version__}",
            "draws": draws,
            "perImage": per_image.tolist(),
            "exact": exact.tolist(),
            "batch": batch.tolist(),
            "head": head(),
            "symmetric": [symmetric(embeddings[a], embeddings[b]) for a, b in pairs],
            "asymmetric": [
                symmetric(embeddings[a], embeddings[b]) - 0.15 * trivial(embeddings[a]) for a, b in pairs
            ],
        },
        indent=1,
    )
)
