"""Writes figures.json: what scikit-learn and NumPy compute of the data in it.

Run where scikit-learn is installed: python3 write.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn import metrics
from sklearn.preprocessing import label_binarize

rng = np.random.default_rng(0)
N, CLASSES = 80, 5


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def classification():
    """Class 4 never occurs, class 3 is never predicted."""
    actual = rng.integers(0, 4, N)
    logits = rng.standard_normal((N, CLASSES)) + 1.5 * np.eye(CLASSES)[actual]
    logits[:, 3:] -= 20
    logits = np.round(logits, 3)
    predicted = logits.argmax(1)
    figures = {}
    for average in ["macro", "weighted", "micro", None]:
        labels = None if average else list(range(CLASSES))
        options = {"average": average, "labels": labels, "zero_division": 0}
        figures[average or "none"] = {
            "precision": listed(metrics.precision_score(actual, predicted, **options)),
            "recall": listed(metrics.recall_score(actual, predicted, **options)),
            "f1": listed(metrics.f1_score(actual, predicted, **options)),
            "f2": listed(metrics.fbeta_score(actual, predicted, beta=2, **options)),
        }
    labels = list(range(CLASSES))
    return {
        "logits": logits.tolist(),
        "actual": actual.tolist(),
        "accuracy": metrics.accuracy_score(actual, predicted),
        "balanced": metrics.balanced_accuracy_score(actual, predicted),
        "topK": [metrics.top_k_accuracy_score(actual, logits, k=k, labels=labels) for k in range(1, CLASSES)],
        "averages": figures,
        "confusion": {
            str(n): metrics.confusion_matrix(actual, predicted, labels=labels, normalize=n).tolist()
            for n in [None, "true", "pred", "all"]
        },
        "logLoss": metrics.log_loss(actual, softmax(logits), labels=labels, eps=1e-300),
        "calibration": calibration(softmax(logits), actual),
    }


def calibration(probabilities, actual):
    """As Guo et al. write it: bins (m - 1) / M < p <= m / M."""
    p, right = probabilities.max(1), probabilities.argmax(1) == actual
    result = {}
    for bins in [5, 15]:
        gaps = []
        for m in range(bins):
            inside = (p > m / bins) & (p <= (m + 1) / bins)
            if inside.any():
                gaps.append((inside.mean(), abs(p[inside].mean() - right[inside].mean())))
        result[str(bins)] = {"l1": sum(w * g for w, g in gaps), "max": max(g for _, g in gaps)}
    return result


def auroc():
    actual = rng.integers(0, 4, N)
    scores = np.round(rng.standard_normal((N, 4)) + np.eye(4)[actual], 1)
    one_hot = label_binarize(actual, classes=range(4))
    binary = (actual > 1).astype(int)
    return {
        "scores": scores.tolist(),
        "actual": actual.tolist(),
        "macro": metrics.roc_auc_score(one_hot, scores, average="macro"),
        "weighted": metrics.roc_auc_score(one_hot, scores, average="weighted"),
        "none": listed(metrics.roc_auc_score(one_hot, scores, average=None)),
        "binaryActual": binary.tolist(),
        "binary": metrics.roc_auc_score(binary, scores[:, 0]),
    }


def binary():
    actual, predicted = rng.integers(0, 2, N), rng.integers(0, 2, N)
    return {
        "actual": actual.tolist(),
        "predicted": predicted.tolist(),
        "precision": metrics.precision_score(actual, predicted),
        "recall": metrics.recall_score(actual, predicted),
        "f1": metrics.f1_score(actual, predicted),
    }


def regression():
    targets = rng.standard_normal((N, 3)) * [1, 5, 0.1] + [0, 1e4, 3]
    predictions = targets + rng.standard_normal((N, 3)) * [0.5, 4, 0.2]
    return {
        "targets": targets.tolist(),
        "predictions": predictions.tolist(),
        "r2": {
            "uniform": metrics.r2_score(targets, predictions),
            "variance": metrics.r2_score(targets, predictions, multioutput="variance_weighted"),
            "none": listed(metrics.r2_score(targets, predictions, multioutput="raw_values")),
        },
        "mae": metrics.mean_absolute_error(targets, predictions),
        "mse": metrics.mean_squared_error(targets, predictions),
        "rmse": metrics.mean_squared_error(targets.ravel(), predictions.ravel(), squared=False),
    }


def listed(value):
    return value.tolist() if isinstance(value, np.ndarray) else float(value)


path = Path(__file__).with_name("figures.json")
result = {
    "classification": classification(),
    "auroc": auroc(),
    "binary": binary(),
    "regression": regression(),
}
path.write_text(json.dumps(result) + "\n")
