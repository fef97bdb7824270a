"""Writes pytorch.json: trajectories of torch.optim and its schedulers (PyTorch 1.13.1)."""

import json
import sys

import torch
from torch.optim import lr_scheduler

torch.manual_seed(0)
START = [torch.randn(3), torch.randn(2, 2)]
GRADIENTS = [[torch.randn(p.shape) for p in START] for _ in range(8)]

OPTIMIZERS = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1, "maximize": True}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("Adam", {"lr": 0.1, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.1, "amsgrad": True, "betas": [0.5, 0.6]}),
    ("AdamW", {"lr": 0.1, "weight_decay": 0.2, "maximize": True}),
    ("RMSprop", {"lr": 0.05, "alpha": 0.8, "weight_decay": 0.1}),
    ("RMSprop", {"lr": 0.05, "centered": True, "momentum": 0.5}),
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.1, "initial_accumulator_value": 0.5, "weight_decay": 0.1}),
    ("Adadelta", {"lr": 0.5, "rho": 0.8, "eps": 1e-3, "weight_decay": 0.1}),
    ("Adamax", {"lr": 0.1, "weight_decay": 0.1}),
    ("NAdam", {"lr": 0.1, "weight_decay": 0.1, "momentum_decay": 0.01}),
    ("RAdam", {"lr": 0.1, "weight_decay": 0.1, "betas": [0.9, 0.99]}),
    ("Rprop", {"lr": 0.1, "etas": [0.3, 1.5], "step_sizes": [0.01, 0.2]}),
    ("ASGD", {"lr": 0.1, "lambd": 0.01, "t0": 3, "weight_decay": 0.1}),
]

SCHEDULES = [
    ("StepLR", {"step_size": 3, "gamma": 0.5}),
    ("MultiStepLR", {"milestones": [2, 5, 5], "gamma": 0.5}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("LinearLR", {"start_factor": 0.2, "end_factor": 0.8, "total_iters": 6}),
    ("ConstantLR", {"factor": 0.25, "total_iters": 4}),
    ("PolynomialLR", {"total_iters": 8, "power": 1.5}),
    ("CosineAnnealingLR", {"T_max": 4, "eta_min": 0.01}),
    ("CosineAnnealingWarmRestarts", {"T_0": 2, "T_mult": 2, "eta_min": 0.01}),
    ("CyclicLR", {"base_lr": 0.1, "max_lr": 1.0, "step_size_up": 3, "step_size_down": 2, "mode": "triangular2"}),
    ("CyclicLR", {"base_lr": 0.1, "max_lr": 1.0, "step_size_up": 3, "mode": "exp_range", "gamma": 0.9}),
    ("OneCycleLR", {"max_lr": 1.0, "total_steps": 14, "three_phase": True, "pct_start": 0.4}),
    ("OneCycleLR", {"max_lr": 1.0, "epochs": 2, "steps_per_epoch": 7, "anneal_strategy": "linear"}),
]


def optimizer_case(name, options):
    params = [p.clone().requires_grad_() for p in START]
    optimizer = getattr(torch.optim, name)(params, **options)
    for gradients in GRADIENTS:
        for p, g in zip(params, gradients):
            p.grad = g.clone()
        optimizer.step()
    state = {k: {n: v.tolist() if torch.is_tensor(v) else v for n, v in s.items()} for k, s in optimizer.state_dict()["state"].items()}
    return {"name": name, "options": options, "after": [p.tolist() for p in params], "state": state}


def schedule_case(name, options):
    optimizer = torch.optim.SGD([{"params": [torch.zeros(1)], "lr": 0.5}, {"params": [torch.zeros(1)], "lr": 0.2}], lr=0.1, momentum=0.9)
    schedule = getattr(lr_scheduler, name)(optimizer, **options)
    rates, momenta = [], []
    for _ in range(13):
        rates.append([g["lr"] for g in optimizer.param_groups])
        momenta.append([g["momentum"] for g in optimizer.param_groups])
        optimizer.step()
        schedule.step()
    return {"name": name, "options": options, "rates": rates, "momenta": momenta}


json.dump(
    {
        "start": [p.tolist() for p in START],
        "gradients": [[g.tolist() for g in step] for step in GRADIENTS],
        "optimizers": [optimizer_case(*each) for each in OPTIMIZERS],
        "schedules": [schedule_case(*each) for each in SCHEDULES],
    },
    sys.stdout,
)
