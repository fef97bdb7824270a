"""Writes pytorch.json: values of PyTorch 1.13.1 (Debian 12, python3-torch, no MKL) on a CPU with AVX2."""

import json
import torch

COUNT = 37
f64 = torch.float64
weights = torch.tensor([[1.0, 3.0, 0.0, 6.0, 2.0, 0.5, 7.0], [7.0, 0.5, 2.0, 6.0, 0.0, 3.0, 1.0]])
draws = {
    "uniform float32": lambda: torch.empty(COUNT).uniform_(-0.0357, 1.7),
    "uniform float64": lambda: torch.empty(COUNT, dtype=f64).uniform_(-0.0357, 1.7),
    "normal float32": lambda: torch.empty(COUNT).normal_(2.0, 0.3),
    "normal float64": lambda: torch.empty(COUNT, dtype=f64).normal_(2.0, 0.3),
    "normal float32, one by one": lambda: torch.cat([torch.empty(15).normal_(2.0, 0.3) for _ in range(2)]),
    "normal float64, one by one": lambda: torch.cat([torch.empty(15, dtype=f64).normal_(2.0, 0.3) for _ in range(2)]),
    "normal and uniform in turn": lambda: torch.cat([torch.randn(3), torch.rand(5), torch.randn(2), torch.randn(20)]),
    "randint": lambda: torch.randint(-3, 1000, (COUNT,), dtype=torch.int32),
    "randint of every int32": lambda: torch.empty(COUNT, dtype=torch.int32).random_(-(2**31), 2**31),
    "bernoulli": lambda: torch.empty(COUNT).bernoulli_(0.3),
    "bernoulli of float32": lambda: torch.bernoulli(torch.linspace(0, 1, COUNT)),
    "bernoulli of float64": lambda: torch.bernoulli(torch.linspace(0, 1, COUNT, dtype=f64)),
    "exponential float32": lambda: torch.empty(COUNT).exponential_(1.5),
    "exponential float64": lambda: torch.empty(COUNT, dtype=f64).exponential_(1.5),
    "randperm": lambda: torch.randperm(COUNT),
    "multinomial with replacement": lambda: torch.multinomial(weights, COUNT, replacement=True),
    "multinomial": lambda: torch.multinomial(weights, 5),
    "multinomial of one": lambda: torch.multinomial(weights, 1),
}


def state():
    return torch.get_rng_state().to(torch.int64).flatten().tolist()


values = {}
for seed in (0, 42, 123456789012345, -1):
    for name, draw in draws.items():
        torch.manual_seed(seed)
        values.setdefault(name, {})[str(seed)] = draw().flatten().tolist()

torch.manual_seed(5)
torch.rand(700)
torch.randn(3)
values["state"] = {"hex": bytes(state()).hex(), "then": torch.randn(700).tolist()[-20:]}

with open("pytorch.json", "w") as file:
    json.dump(values, file)
    file.write("\n")
