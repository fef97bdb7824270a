"""Writes pytorch.json: values, gradients and second gradients of elementwise ops at the edges of float32, by PyTorch.

python3 pytorch.py > pytorch.json, then biome format --write pytorch.json (PyTorch 1.13.1)

For every op: the grid of its inputs, its parameters, and base64 of float32 arrays, computed in float64 from the float32
inputs. `float32` lists, by index, the values of PyTorch's own float32 run where they differ; "nan" there means that
PyTorch has no number.
"""

import base64
import itertools
import json
import math

import torch
import torch.nn.functional as F

POSITIVE = [0.0, 1e-30, 1e-8, 1e-3, 1.0, 20.0, 88.0, 104.0, 1e4, 3e38, math.inf]
LINE = [s * v for v in POSITIVE for s in (1, -1)] + [math.nan]
FEW = [0.0, 1e-30, 1.0, -20.0, 104.0, -3e38, math.inf, math.nan]
GRIDS = {
    "one": [LINE],
    "two": [list(column) for column in zip(*itertools.product(LINE, LINE))],
    "three": [list(column) for column in zip(*itertools.product(FEW, FEW, FEW))],
}

s = torch.special
ONE = {
    name: getattr(torch, name)
    for name in """abs acos acosh asin asinh atan atanh ceil cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1
    floor frac lgamma log log10 log1p log2 neg rad2deg reciprocal relu round rsqrt selu sigmoid sign sin sinc sinh sqrt
    square tan tanh trunc logit isnan isinf isfinite isposinf isneginf signbit""".split()
}
ONE["logicalNot"] = torch.logical_not
ONE["entr"] = s.entr
ONE["ndtr"] = s.ndtr
ONE["logSigmoid"] = F.logsigmoid
for name in "silu mish softplus softsign tanhshrink gelu elu celu hardtanh hardsigmoid hardswish hardshrink softshrink".split():
    ONE[name] = getattr(F, name)
ONE["geluTanh"] = lambda x: F.gelu(x, approximate="tanh")
ONE["leakyRelu"] = F.leaky_relu
ONE["threshold"] = lambda x: F.threshold(x, 0.0, 0.0)
ONE["nanToNum"] = lambda x: torch.nan_to_num(x, 0.0, 7.0, -7.0)
ONE["roundFraction"] = lambda x: torch.round(x, decimals=1)
ONE["roundMultiple"] = lambda x: torch.round(x, decimals=-1)
for name in "i0 i0e i1 i1e erfcx ndtri".split():
    ONE[name] = getattr(s, name)
ONE["logNdtr"] = s.log_ndtr
for ours, theirs in {
    "besselJ0": "bessel_j0",
    "besselJ1": "bessel_j1",
    "besselY0": "bessel_y0",
    "besselY1": "bessel_y1",
    "modifiedBesselK0": "modified_bessel_k0",
    "modifiedBesselK1": "modified_bessel_k1",
    "scaledModifiedBesselK0": "scaled_modified_bessel_k0",
    "scaledModifiedBesselK1": "scaled_modified_bessel_k1",
    "sphericalBesselJ0": "spherical_bessel_j0",
    "airyAi": "airy_ai",
}.items():
    ONE[ours] = getattr(s, theirs)
ONE["frexpMantissa"] = lambda x: torch.frexp(x).mantissa
ONE["frexpExponent"] = lambda x: torch.frexp(x).exponent.to(x.dtype)
ONE["polygamma"] = lambda x: torch.polygamma(1, x)
PARAMS = {
    "nanToNum": {"forNan": 0, "forPositive": 7, "forNegative": -7},
    "roundFraction": {"scale": 10},
    "roundMultiple": {"unit": 10},
    "polygamma": {"n": 1},
    "softplus": {"beta": 1, "threshold": 20},
    "elu": {"alpha": 1},
    "celu": {"alpha": 1},
    "leakyRelu": {"negativeSlope": 0.01},
    "hardtanh": {"minVal": -1, "maxVal": 1},
    "hardshrink": {"lambd": 0.5},
    "softshrink": {"lambd": 0.5},
    "threshold": {"threshold": 0, "value": 0},
    "addcmul": {"value": 0.5},
    "addcdiv": {"value": 0.5},
    "isclose": {"rtol": 1e-5, "atol": 1e-8, "equalNan": 1},
}
TWO = {name: getattr(torch, name) for name in "add sub mul div pow remainder fmod maximum minimum fmax fmin atan2 hypot logaddexp logaddexp2 xlogy copysign eq ne lt le gt ge".split()}
TWO["floorDivide"] = lambda x, y: torch.div(x, y, rounding_mode="floor")
TWO["xlog1py"] = s.xlog1py
TWO["zeta"] = s.zeta
TWO["clampMin"] = lambda x, y: torch.clamp(x, min=y)
TWO["clampMax"] = lambda x, y: torch.clamp(x, max=y)
TWO["preluOf"] = lambda x, y: F.prelu(x[None], y)[0]
TWO["logicalAnd"] = torch.logical_and
TWO["logicalOr"] = torch.logical_or
TWO["logicalXor"] = torch.logical_xor
TWO["isclose"] = lambda x, y: torch.isclose(x, y, equal_nan=True)
THREE = {
    "betweenBounds": torch.clamp,
    "lerp": torch.lerp,
    "addcmul": lambda x, y, z: torch.addcmul(x, y, z, value=0.5),
    "addcdiv": lambda x, y, z: torch.addcdiv(x, y, z, value=0.5),
    "maskedFill": lambda x, mask, value: torch.where(mask.detach() != 0, value, x),
    "where": lambda c, x, y: torch.where(c.detach() != 0, x, y),
}


def gradients(output, leaves):
    if not output.requires_grad:
        return [torch.zeros_like(leaf) for leaf in leaves]
    found = torch.autograd.grad(output, leaves, torch.ones_like(output), create_graph=True, allow_unused=True)
    return [torch.zeros_like(leaf) if each is None else each for leaf, each in zip(leaves, found)]


def run(call, grid, dtype):
    """The value, the gradients and the second gradients, one after the other."""
    leaves = [torch.tensor(column, dtype=torch.float32).to(dtype).requires_grad_() for column in grid]
    value = call(*leaves)
    if value.dtype == torch.bool:
        return [value.float()]
    try:
        first = gradients(value, leaves) if value.requires_grad else None
    except (RuntimeError, NotImplementedError):
        first = None
    if first is None:  # PyTorch has no derivative: the Bessel functions, zeta, frexp's exponent
        return [value.detach().to(dtype)]
    try:
        second = [each for g in first for each in gradients(g, leaves)]
    except RuntimeError:  # hardsigmoid, which consists of straight lines
        second = [torch.zeros_like(leaf) for leaf in leaves for _ in leaves]
    return [each.detach().to(dtype) for each in [value, *first, *second]]


def entry(name, call, kind):
    wide = run(call, GRIDS[kind], torch.float64)
    narrow = run(call, GRIDS[kind], torch.float32)
    arrays = []
    for exact, own in zip(wide, narrow):
        exact = exact.float()
        differ = ~torch.isclose(exact, own, rtol=1e-5, atol=1e-7, equal_nan=True)
        values = base64.b64encode(exact.contiguous().numpy().astype("<f4").tobytes()).decode()
        arrays.append({"values": values, "float32": {i: text(own[i].item()) for i in differ.nonzero().flatten().tolist()}})
    return {"grid": kind, "params": PARAMS.get(name, {}), "results": arrays}


def text(value):
    return value if math.isfinite(value) else "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def plain(column):
    return [text(value) for value in column]


ops = {}
for kind, table in (("one", ONE), ("two", TWO), ("three", THREE)):
    for name, call in table.items():
        ops[name] = entry(name, call, kind)
grids = {kind: [plain(column) for column in columns] for kind, columns in {"one": [LINE], "two": [LINE, LINE], "three": [FEW, FEW, FEW]}.items()}
lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each, separators=(',', ':'))}" for name, each in ops.items())
print(f'{{"torch": {json.dumps(torch.__version__)}, "grids": {json.dumps(grids)}, "ops": {{\n{lines}\n}}}}')
