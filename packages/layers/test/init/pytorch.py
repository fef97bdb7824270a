"""Writes pytorch.json: what PyTorch draws for its initial values. python3 pytorch.py"""

import json
import pathlib

import torch
from torch import nn

INITS = {
    "uniform_": ([3, 7], {"a": -0.5, "b": 1.5}),
    "normal_": ([2, 3], {"mean": 1.0, "std": 0.3}),
    "normal_ of many": ([5, 4], {"mean": 1.0, "std": 0.3}),
    "xavier_uniform_": ([3, 2, 2], {"gain": 2.0}),
    "xavier_normal_": ([4, 5], {"gain": 0.5}),
    "kaiming_uniform_": ([4, 3], {"mode": "fan_out", "nonlinearity": "relu"}),
    "kaiming_normal_": ([4, 3, 2], {"a": 0.3}),
    "trunc_normal_": ([4, 5], {"mean": 0.5, "std": 2.0, "a": -1.0, "b": 1.0}),
    "orthogonal_": ([5, 3], {"gain": 2.0}),
    "orthogonal_ of wide": ([3, 2, 4], {}),
    "sparse_": ([5, 3], {"sparsity": 0.5, "std": 0.1}),
    "dirac_": ([4, 3, 3, 2], {"groups": 2}),
    "eye_": ([3, 2], {}),
}

LAYERS = {
    "Linear": lambda: nn.Linear(5, 4),
    "Conv1d": lambda: nn.Conv1d(2, 3, 3),
    "Conv2d": lambda: nn.Conv2d(4, 6, 3, groups=2),
    "ConvTranspose2d": lambda: nn.ConvTranspose2d(3, 4, 2),
    "Bilinear": lambda: nn.Bilinear(2, 3, 4),
    "Embedding": lambda: nn.Embedding(6, 3, padding_idx=1),
    "PReLU": lambda: nn.PReLU(2),
    "BatchNorm2d": lambda: nn.BatchNorm2d(3),
    "Sequential": lambda: nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.BatchNorm1d(2), nn.Linear(2, 1)),
}


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


def draw(name, shape, options):
    torch.manual_seed(0)
    return numbers(getattr(nn.init, name.split(" ")[0])(torch.zeros(shape), **options))


def layer(build):
    torch.manual_seed(0)
    return {name: numbers(value) for name, value in build().state_dict().items()}


result = {
    "inits": {name: draw(name, shape, options) for name, (shape, options) in INITS.items()},
    "layers": {name: layer(build) for name, build in LAYERS.items()},
}
pathlib.Path(__file__).with_name("pytorch.json").write_text(json.dumps(result) + "\n")
