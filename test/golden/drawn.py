"""Predictions that are drawn by the recipe in metrics.json, and draws of their patients: SHA-256 and sfc32, written anew here."""

import hashlib
import json

import numpy as np

M = 2**32


def sfc32(*parts):
    digest = hashlib.sha256(json.dumps(list(parts), separators=(",", ":")).encode()).digest()
    a, b, c = (int.from_bytes(digest[i : i + 4], "little") for i in (0, 4, 8))
    state = [a, b, c, 1]

    def draw():
        a, b, c, counter = state
        total = (a + b + counter) % M
        rotated = ((c << 21) | (c >> 11)) % M
        state[:] = [b ^ (b >> 9), (c + (c << 3)) % M, (rotated + total) % M, (counter + 1) % M]
        return total / M

    for _ in range(12):
        draw()
    return draw


def inputs(seed, n, k, levels, shares, lift, patients):
    """As test/golden/metrics.json describes; then one number more per image for its patient."""
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


def drawn_weights(runs, seed, resamples):
    index = {}
    for _, _, groups in runs:
        for group in groups:
            index.setdefault(group, len(index))
    draw = sfc32(seed, "bootstrap")
    weights = []
    for _ in range(resamples):
        drawn = [int(draw() * len(index)) for _ in index]
        weights.append(np.bincount(drawn, minlength=len(index)).astype(float))
    return index, weights


def label_inputs(seed, n, priors, unknown, levels, lift, patients):
    """Several labels an image, by the same generator: per image and label a number for whether it has it, one for whether
    that is known, one for its probability, which is raised by `lift` where it has it; then one for the patient."""
    state = seed

    def draw():
        nonlocal state
        state = (state * 1664525 + 1013904223) % M
        return (state >> 8) / 2**24

    rows, probabilities, groups = [], [], []
    for image in range(n):
        for prior, missing in zip(priors, unknown):
            has = int(draw() < prior)
            rows.append(-1 if draw() < missing else has)
            u = draw()
            probabilities.append(((np.floor(u * levels) / levels if levels else u) + 0.0625 + lift * has) / (1.125 + lift))
        groups.append(f"p{int(draw() * patients) if patients else image}")
    shape = (n, len(priors))
    return np.array(rows).reshape(shape), np.array(probabilities).astype(np.float32).reshape(shape), groups
