"""Writes pytorch.json: what PyTorch 1.13 prints for tensors of many kinds.

Two things differ on purpose and are changed inside PyTorch, so that it wraps the lines itself: dtypes carry no
"torch.", and int32 stands where PyTorch has int64.
"""

import builtins
import json
import math
import os

import torch
import torch.nn.functional as F

torch._tensor_str.str = lambda value: builtins.str(value).replace("torch.", "").replace("int64", "int32")
torch.manual_seed(0)

F32, F64, I64, U8, BOOL = torch.float32, torch.float64, torch.int64, torch.uint8, torch.bool
NAN, INF = math.nan, math.inf
NAMES = {F32: "float32", F64: "float64", I64: "int32", U8: "uint8", BOOL: "bool"}
cases = []


def plain(value):
    """JSON has neither NaN nor infinities, and readers of it lose the sign of -0."""
    if isinstance(value, bool):
        return int(value)
    if math.isnan(value) or math.isinf(value) or (value == 0 and math.copysign(1, value) < 0):
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(repr(value), repr(value))
    return int(value) if value == int(value) and abs(value) < 2**53 else value


def case(x, **source):
    x_plain = x.detach()
    entry = {"dtype": NAMES[x.dtype], "shape": list(x.shape)}
    if not source:
        values = x_plain.reshape(-1).tolist()
        # Nine digits name a float32.
        entry["values"] = [plain(float(f"{value:.9g}") if x.dtype is F32 else value) for value in values]
    entry.update(source)
    if x.grad_fn is not None:
        entry["gradFn"] = type(x.grad_fn).__name__
    elif x.requires_grad:
        entry["requiresGrad"] = True
    entry["text"] = repr(x)
    cases.append(entry)


def of(values, dtype=F32, shape=None):
    x = torch.tensor(values, dtype=dtype)
    case(x if shape is None else x.reshape(shape))


def ramp(shape, dtype, modulus, scale, offset, marked=False):
    """Many elements from a rule, so that the file stays small."""
    values = [(i * 7919 % modulus) * scale + offset for i in range(math.prod(shape))]
    x = torch.tensor(values, dtype=dtype).reshape(shape)
    case(x.requires_grad_(marked), rule={"modulus": modulus, "scale": scale, "offset": offset})


def view(values, shape, strides, offset=0, dtype=F32):
    data = torch.tensor(values, dtype=dtype)
    case(data.as_strided(shape, strides, offset), values=[plain(v) for v in data.tolist()], strides=strides, offset=offset)


# Notation and width
of([1, 2, 3])
of([0, 0, 0])
of([0.0, -0.0])
of([1, -0.0, 2])
of([1.5, -0.0, 0])
of([1e-6, -0.0, 0])
of([1, -2, 3])
of([1.5, -2.25, 100])
of([0.1, 0.2, 0.3])
of([1, 10, 100, 1000])
of([1, 10, 100, 1001])
of([1, 1000.5])
of([0.5, 500])
of([0.5, 500.5])
of([1e8, 1e8 - 8])
of([1e8 + 8, 1e8])
of([99999999], F64)
of([1e8], F64)
of([1e8 + 1], F64)
of([1e8 + 0.5], F64)
of([1e8 - 0.5], F64)
of([1e-4], F32)
of([1e-4], F64)
of([0.00011, 0.0002])
of([9.9e-5, 9e-5])
of([1e-30, 1e30])
of([1e-310, 1e300], F64)
of([5e-324], F64)
of([1.7976931348623157e308], F64)
of([3.4028234663852886e38, 1])
of([1e-45, 1])
of([1e10, -1e-10])
of([123456.789, 1000])
of([99999.99999, 200], F64)
of([9.99996, 1])
of([0.99995, 0.99994, 0.99996], F64)
of([9.99995e10, 1], F64)
of([9.999949e10, 1], F64)
# Ties go to the even digit
of([0.03125, 0.09375, 0.15625, 0.21875, -0.03125, -0.09375, 1.03125, 5.09375])
of([2097152.03125, 2097152.09375], F64)
of([1.00005, 1.00015], F64)
of([100005, 100015, 300025, 1], F64)
of([1000050, 1000150, 1000250, 1000350, 1], F64)
of([-2000050, 2000150, 0.5], F64)
of([0.00048828125, 1024, 0.25], F64)
of([2.0**-k for k in range(12)])
of([2.0**k for k in range(30)])
# Not finite
of([NAN])
of([INF])
of([-INF])
of([NAN, INF, -INF])
of([1, NAN])
of([1, INF, -INF])
of([1.5, NAN, INF, -INF])
of([0, NAN, INF])
of([1e-7, NAN, -INF, 0])
of([1e9, NAN, -INF, 0])
of([100, NAN, -INF, 0, 5], shape=[5, 1])
of([[0.5, NAN], [-INF, 2]])
of([NAN] * 30)
of([-INF, 1] * 20)
of([1, 2, NAN], F64)
# Other dtypes
of([1, 2, 3], F64)
of([0.25, 1e-9], F64)
of([1, 2, 3], I64)
of([1, -2, 300], I64)
of([-2147483648, 2147483647, 0], I64)
of([[1, 20], [-300, 4]], I64)
of(list(range(100)), I64)
of(list(range(-50, 50)), I64)
of([0, 128, 255], U8)
of([[0, 128], [255, 1]], U8)
of(list(range(60)), U8)
of([True, False], BOOL)
of([True, True], BOOL)
of([False], BOOL)
of([[True, False], [False, False]], BOOL)
of([i % 3 == 0 for i in range(40)], BOOL)
of([True] * 40, BOOL)
# 0-d
for value, dtype in [(1, F32), (-2.5, F32), (0, F32), (-0.0, F32), (1e-5, F32), (1e9, F32), (NAN, F32), (-INF, F32),
                     (3.14159265, F64), (7, I64), (-7, I64), (255, U8), (True, BOOL), (False, BOOL)]:
    of(value, dtype)
# Empty
for dtype in (F32, F64, I64, U8, BOOL):
    for shape in ([0], [2, 0], [0, 3], [1, 0, 4]):
        case(torch.empty(shape, dtype=dtype))
case(torch.empty(0, requires_grad=True))
case(torch.empty(2, 0, 3, dtype=F64, requires_grad=True))
case(torch.empty(2, 0, requires_grad=True) * 2)
# More dimensions
for shape in ([1, 1], [2, 3], [3, 1], [1, 3], [2, 2, 2], [2, 1, 3], [1, 1, 1, 1], [2, 2, 2, 2], [1, 2, 1, 2, 2], [1] * 7):
    case(torch.randn(shape))
    ramp(shape, I64, 97, 3, -50)
ramp([3, 30], F32, 101, 0.37, -9)
ramp([2, 2, 25], F64, 101, 0.37, -9)
ramp([2, 2, 30], F32, 101, 1, -9)
ramp([1, 12, 1, 13], BOOL, 2, 1, 0)
ramp([4, 90], U8, 256, 1, 0)
# Line breaks, inside and before the suffix
for n in range(6, 24):
    case(torch.rand(n))
    case(torch.rand(n, requires_grad=True))
    case(F.relu(torch.randn(n, requires_grad=True)))
for n in range(6, 14):
    case(torch.rand(n, dtype=F64))
    case(torch.rand(n, dtype=F64, requires_grad=True))
    case(F.log_softmax(torch.randn(1, n, dtype=F64, requires_grad=True), dim=1))
    case(torch.rand(2, n, requires_grad=True) * 1e-6)
for n in range(14, 40, 2):
    case(torch.ones(n, requires_grad=True))
    case(torch.ones(n, dtype=F64, requires_grad=True) + 1)
    ramp([n], U8, 256, 1, 0)
    ramp([n], I64, 10, 1, 0)
case(torch.full([3], 1e30, dtype=F64) * torch.linspace(1e-30, 1, 3, dtype=F64))
# The suffix column by column, after a short line, a broken one and another suffix
def named(x, name):
    """x as the result of a function called `name`."""
    methods = {"forward": staticmethod(lambda ctx, x: x.clone()), "backward": staticmethod(lambda ctx, g: g)}
    return type(name, (torch.autograd.Function,), methods).apply(x.detach().requires_grad_())


for length in range(30, 60):
    case(named(torch.tensor([0.5]), "Z" * length))
    case(named(torch.tensor([0.5], dtype=F64), "Z" * length))
    case(named(torch.tensor([[0.5], [1]]), "Z" * length))
for length in range(36, 42):
    case(named(torch.rand(9, dtype=F64), "Z" * length))
    case(named(torch.rand(12), "Z" * length))
# Gradients
x = torch.tensor([[0.5, -1.5, 2.0], [1.0, 0.25, -3.0]], requires_grad=True)
w = torch.tensor([[1.0, 2.0, 3.0]], requires_grad=True)
case(x)
for y in (x + 1, x - w, x * w, x / 3, x.relu(), x.exp(), x.sum(), x.mean(), x.sum(0), x.t(), x[0], x[:, 1:], x.mm(w.t()),
          F.linear(x, w, torch.ones(1)), F.softmax(x, 1), F.log_softmax(x, 1), F.cross_entropy(x, torch.tensor([0, 2])),
          F.mse_loss(x, x.detach() + 1), F.layer_norm(x, [3]), F.gelu(x), x.reshape(-1), x.unsqueeze(0), x.clone(),
          F.conv1d(x.unsqueeze(0), torch.ones(1, 2, 2)), x.max(), x.max(1).values, x.clamp(0, 1), torch.stack([x, x]),
          torch.cat([x, x]), torch.where(x > 0, x, x * 2), F.batch_norm(x, None, None, training=True), x.double(),
          F.binary_cross_entropy_with_logits(x, torch.ones(2, 3)), x.norm(), x.prod(), x.cumsum(1), x.abs().sqrt()):
    case(y)
# Summaries
for shape in ([1000], [1001], [5000], [20, 50], [20, 51], [7, 200], [6, 200], [2, 600], [600, 2], [1200, 1], [1, 1200], [12, 10, 11],
              [6, 6, 6, 6], [2, 7, 7, 11], [3, 3, 3, 3, 3, 5]):
    ramp(shape, F32, 10007, 0.125, -3)
for shape in ([1001], [40, 40], [8, 9, 20]):
    ramp(shape, F64, 10007, 1e-5, 0)
    ramp(shape, I64, 10007, 1, -3)
    ramp(shape, U8, 256, 1, 0)
    ramp(shape, BOOL, 2, 1, 0)
    ramp(shape, F32, 11, 1, -5, marked=True)
    ramp(shape, F64, 10007, 0.5, 0, marked=True)
    ramp(shape, F32, 10007, 1e7, 0)
ramp([1001, 1, 3], F32, 3, 1, 0)
# Views
numbers = [0.5 * i - 3 for i in range(24)]
view(numbers, [4, 6], [1, 4])
view(numbers, [3, 2], [8, 3], 2)
view(numbers, [5, 3], [0, 1], 4)
view(numbers, [], [], 7)
view(numbers, [40, 40], [0, 0], 7)
view(numbers, [40, 30], [0, 0], 6, F64)
view(numbers[:12], [2, 3, 2], [1, 4, 2], 0, I64)
# Every magnitude
for exponent in range(-12, 13, 2):
    case(torch.randn(5) * 10.0**exponent)
    case(torch.randn(2, 9, dtype=F64) * 10.0**exponent)
for spread in (0, 1, 2, 3, 4, 8, 16):
    case(torch.randn(3, 4) * torch.pow(10.0, spread * torch.rand(3, 4)))
    case((torch.randn(6) * torch.pow(10.0, spread * torch.rand(6))).round())

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch.json"), "w") as file:
    json.dump({"torch": torch.__version__, "cases": cases}, file, allow_nan=False, separators=(",", ":"))
print(len(cases), "cases")
