"""Makes the cases of the names of which the data has none, in the format of data/README.md.

python3 tooling/conformance/names/cases.py      # with PyTorch 1.13.1
"""

import hashlib
import json
import math
import struct
from pathlib import Path

import torch
import torch.nn.functional as F

folder = Path(__file__).parent / "names"
container = {}


def t(*values, dtype=torch.float32):
    return torch.tensor(values, dtype=dtype)


def ints(*values):
    return t(*values, dtype=torch.int64)


def random(*shape, low=-2.0, high=2.0, seed=0):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed + len(shape))) * (high - low) + low


def whole(*shape, low=0, high=9, seed=0):
    return torch.randint(low, high, shape, generator=torch.Generator().manual_seed(seed))


def truth(*shape, seed=0):
    return whole(*shape, low=0, high=2, seed=seed).bool()


types = {torch.float32: "F32", torch.int32: "I32", torch.bool: "BOOL", torch.uint8: "U8"}


def store(x):
    """The tensor's entry in the container, and the dtype that the reader has to be told."""
    x = x.detach()
    told = {torch.int64: "int64", torch.int32: "int32", torch.bool: "bool", torch.uint8: "uint8", torch.float64: "float64"}.get(x.dtype)
    kept = x.to({torch.int64: torch.int32, torch.float64: torch.float32}.get(x.dtype, x.dtype)).contiguous()
    data = kept.numpy().tobytes()
    shape = list(kept.shape)
    name = "t" + hashlib.sha256(f"{kept.dtype}{shape}".encode() + data).hexdigest()[:12]
    container[name] = (types[kept.dtype], shape, data)
    return {"$t": name, **({"dtype": told} if told else {})}


def encode(value):
    if isinstance(value, torch.Tensor):
        return store(value)
    if isinstance(value, torch.dtype):
        return {"$dtype": str(value).split(".")[1]}
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"}
    if isinstance(value, (list, tuple, torch.Size)):
        return [encode(each) for each in value]
    if isinstance(value, dict):
        return {key: encode(each) for key, each in value.items()}
    return value


def output(value):
    return encode(value) if isinstance(value, torch.Tensor) else {"$value": encode(value)}


def flat(value):
    many = isinstance(value, (list, tuple)) and not isinstance(value, torch.Size)
    return [each for item in value for each in flat(item)] if many else [value]


def double(value):
    if isinstance(value, torch.Tensor):
        return value.double() if value.dtype == torch.float32 else value.clone()
    if isinstance(value, (list, tuple)) and not isinstance(value, torch.Size):
        return type(value)(double(each) for each in value)
    return value


def function(name):
    parts = name.split(".")
    if parts[0] == "Tensor":
        attribute = getattr(torch.Tensor, parts[1])
        if callable(attribute):
            return attribute
        return lambda x: getattr(x, parts[1])
    found = torch
    for part in parts[1:]:
        found = getattr(found, part)
    return found


def rounded(value):
    """In float32 again, where the calculation was done in float64."""
    return value.float() if isinstance(value, torch.Tensor) and value.dtype == torch.float64 else value


def gradients(call, args, kwargs):
    """The gradients of the sum of all results, by the positions of the arguments."""
    args = [each.requires_grad_() if isinstance(each, torch.Tensor) and each.is_floating_point() else each for each in args]
    leaves = [i for i, each in enumerate(args) if isinstance(each, torch.Tensor) and each.requires_grad]
    results = [each for each in flat(call(*args, **kwargs)) if isinstance(each, torch.Tensor)]
    if not leaves or not results or not all(each.requires_grad for each in results):
        return {}
    found = torch.autograd.grad([each.sum() for each in results], [args[i] for i in leaves], allow_unused=True)
    grads = [{"path": ["args", i], "grad": None if grad is None else store(rounded(grad))} for i, grad in zip(leaves, found)]
    ups = [store(torch.ones_like(rounded(each.detach()))) for each in results]
    scale = max((float(grad.abs().max()) for grad in found if grad is not None and grad.numel()), default=1)
    return {"grad_outputs": ups, "grads": grads, "grad_rtol": 1e-5, "grad_atol": 1e-5 * max(1, scale)}


cases = []


def case(name, *args, exact=False, call=None, backward=True, **kwargs):
    """One case. `exact`: in the types given, not in float64; `call`: what PyTorch is asked where that is not `name`."""
    run = call or function(name)
    given = (lambda value: value.clone() if isinstance(value, torch.Tensor) else value) if exact else double
    results = flat(run(*[given(each) for each in args], **{key: given(each) for key, each in kwargs.items()}))
    outputs = [output(each if exact else rounded(each)) for each in results]
    inplace = name.endswith("_")
    more = {} if exact or inplace or not backward else gradients(run, [double(each) for each in args], {key: double(each) for key, each in kwargs.items()})
    largest = max((float(each.abs().max()) for each in results if isinstance(each, torch.Tensor) and each.is_floating_point() and each.numel()), default=1)
    cases.append({
        "id": f"names/{name.split('.')[-1]}/{sum(each['op'] == name for each in cases):03d}",
        "op": name,
        "args": encode(args),
        "kwargs": {key: encode(each) for key, each in kwargs.items()},
        "outputs": outputs,
        **more,
        "rtol": 1e-5,
        "atol": 1e-6 * max(1, largest if math.isfinite(largest) else 1),
    })


def methods():
    x, y = random(3, 4), random(3, 4, seed=1)
    unit = random(3, 4, low=-0.9, high=0.9)
    positive = random(3, 4, low=0.2, high=3)
    for name in ["asin_", "acos_", "atanh_", "erfinv_"]:
        case(f"Tensor.{name}", unit)
    for name in ["asinh_", "atan_", "ceil_", "cos_", "cosh_", "deg2rad_", "erf_", "erfc_", "exp2_", "expm1_", "frac_", "i0_", "rad2deg_", "sign_", "sin_", "sinc_", "sinh_", "square_", "tan_", "trunc_", "nan_to_num_"]:
        case(f"Tensor.{name}", x)
    for name in ["digamma_", "lgamma_", "log10_", "log1p_", "log2_", "log_", "rsqrt_"]:
        case(f"Tensor.{name}", positive)
    case("Tensor.acosh_", positive + 1)
    case("Tensor.logit_", random(3, 4, low=0.1, high=0.9))
    case("Tensor.logit_", random(3, 4, low=0, high=1), eps=0.2)
    for name in ["atan2_", "copysign_", "eq_", "fmod_", "ge_", "gt_", "hypot_", "le_", "lt_", "ne_", "remainder_", "floor_divide_", "logical_and_", "logical_or_", "logical_xor_"]:
        case(f"Tensor.{name}", x, y)
    case("Tensor.xlogy_", x, positive)
    for name in ["bitwise_and_", "bitwise_or_", "bitwise_xor_", "gcd_", "lcm_"]:
        case(f"Tensor.{name}", whole(5, low=1), whole(5, low=1, seed=1))
    for name in ["bitwise_left_shift_", "bitwise_right_shift_"]:
        case(f"Tensor.{name}", whole(5), whole(5, high=3, seed=1))
    case("Tensor.bitwise_not_", whole(5))
    case("Tensor.addcdiv_", x, y, positive, value=0.5)
    case("Tensor.clamp_max_", x, 0.5)
    case("Tensor.clamp_min_", x, -0.5)
    case("Tensor.heaviside_", t(-1.0, 0.0, 2.0), t(0.5, 0.5, 0.5))
    case("Tensor.index_copy_", x, 0, ints(2, 0), random(2, 4))
    case("Tensor.index_fill_", x, 1, ints(0, 3), -1.0)
    case("Tensor.index_put_", x, [ints(0, 2), ints(1, 3)], t(5.0, 6.0))
    case("Tensor.index_put_", x, [ints(0, 0), ints(1, 1)], t(5.0, 6.0), accumulate=True)
    for reduce in ["prod", "mean", "amax", "amin"]:
        case("torch.index_reduce", x, 0, ints(0, 2, 0), y, reduce, backward=False)
        case("Tensor.index_reduce_", x, 1, ints(0, 3), random(3, 2), reduce, include_self=False)
    case("Tensor.ldexp_", x, ints(1, 2, 3, -1))
    case("Tensor.masked_scatter_", x, truth(3, 4), y)
    case("Tensor.mvlgamma_", positive + 2, 3)
    case("Tensor.polygamma_", positive, 1)
    case("Tensor.put_", x, ints(0, 5, -1), t(7.0, 8.0, 9.0))
    case("torch.put", x, ints([0, 5], [5, 1]), t([7.0, 8.0], [9.0, 1.0]), accumulate=True)
    case("Tensor.renorm_", x, 2, 0, 1.5)
    case("Tensor.scatter_reduce_", x, 1, whole(3, 2, high=4), random(3, 2), "sum")
    case("Tensor.t_", x)
    case("Tensor.triu_", x, 1)
    case("Tensor.T", random(2, 3), backward=False)
    for name in ["H", "mH", "mT"]:
        case(f"Tensor.{name}", x)
    case("Tensor.adjoint", random(2, 3, 4))
    for name in ["bool", "byte", "int", "float"]:
        case(f"Tensor.{name}", whole(4), exact=True)
    case("Tensor.long", t(1.5, -2.5, 0.0), exact=True)
    case("Tensor.double", x, exact=True)
    case("Tensor.data", x)
    case("Tensor.is_contiguous", x)
    case("Tensor.is_leaf", x)
    case("Tensor.ndim", x)
    case("Tensor.nelement", x)
    case("Tensor.requires_grad", x)
    case("Tensor.storage_offset", x)
    case("Tensor.stride", x)
    case("Tensor.new_full", x, [2, 3], 1.5, exact=True)
    case("Tensor.new_ones", whole(2), [2], exact=True)
    case("Tensor.new_zeros", x, [2, 1], exact=True)
    case("Tensor.new_tensor", x, [1, 2], exact=True)
    case("Tensor.permute", random(2, 3, 4), 2, 0, 1)
    case("Tensor.polygamma", positive, 2)
    case("Tensor.reshape", x, 2, -1)
    case("Tensor.sum_to_size", x, 1, 4)
    case("Tensor.sum_to_size", x, 4)
    case("Tensor.tile", x, 2, 1)
    case("Tensor.type", x, torch.int32, exact=True)
    case("Tensor.type_as", t(1.5, 2.5), ints(1), exact=True)
    case("Tensor.where", x, truth(3, 4), y)
    for name in ["celu_", "elu_", "hardtanh_", "leaky_relu_", "selu_"]:
        case(f"torch.nn.functional.{name}", x)
    case("torch.nn.functional.rrelu_", x)
    case("torch.nn.functional.threshold_", x, 0.5, -3.0)


def functions():
    x, y = random(3, 4), random(3, 4, seed=1)
    positive = random(3, 4, low=0.2, high=3)
    case("torch.angle", t(-1.5, 0.0, 2.0, float("nan")), backward=False)
    case("torch.as_strided_scatter", x, random(2, 2), [2, 2], [4, 1], 1, backward=False)
    case("torch.broadcast_shapes", [2, 1], [3], call=lambda *shapes: [*torch.broadcast_shapes(*shapes)])
    case("torch.constant_pad_nd", x, [1, 2], 0.5)
    case("torch.dropout", x, 0.5, False)
    case("torch.alpha_dropout", x, 0.5, False)
    case("torch.feature_alpha_dropout", x, 0.5, False)
    case("torch.feature_dropout", random(2, 3, 4, 4), 0.5, False)
    case("torch.embedding", random(5, 3), ints([0, 4], [2, 2]))
    case("torch.fill", x, 2.5, backward=False)
    case("torch.float_power", whole(4, low=1), 2, exact=True)
    case("torch.group_norm", random(2, 4, 3), 2, random(4), random(4, seed=3))
    case("torch.layer_norm", random(2, 4), [4], random(4), random(4, seed=3))
    for name in ["is_floating_point", "is_signed"]:
        case(f"torch.{name}", x)
        case(f"torch.{name}", whole(3).to(torch.uint8))
    case("torch.is_nonzero", t(2.0))
    case("torch.is_same_size", x, y)
    case("torch.is_tensor", x)
    case("torch.is_tensor", 3)
    case("torch.kaiser_window", 7, True, 8.0, exact=True)
    case("torch.mvlgamma", positive + 2, 3)
    for size, name in [((1, 2, 8), "max_pool1d"), ((1, 2, 4, 6), "max_pool2d"), ((1, 1, 4, 4, 4), "max_pool3d")]:
        case(f"torch.nn.functional.{name}_with_indices", random(*size), 2, backward=False)
        adaptive = name.replace("max", "adaptive_max")
        case(f"torch.nn.functional.{adaptive}_with_indices", random(*size), 3, backward=False)
    case("torch.adaptive_max_pool1d", random(1, 2, 8), 3, backward=False)
    case("torch.range", 1, 4, 0.5, exact=True)
    case("torch.rrelu", x)
    case("torch.scalar_tensor", 2.5, exact=True)
    case("torch.as_tensor", [1.5, 2.5], exact=True)
    case("torch.as_tensor", x, dtype=torch.int32, exact=True)
    weights = [random(4, 3, seed=2), random(4, 4, seed=3), random(4, seed=4), random(4, seed=5)]
    for name, gates in [("rnn_relu_cell", 1), ("rnn_tanh_cell", 1), ("gru_cell", 3)]:
        case(f"torch.{name}", random(2, 3), random(2, 4), *[each.repeat(gates, *[1] * (each.ndim - 1)) for each in weights])
    case("torch.lstm_cell", random(2, 3), [random(2, 4), random(2, 4, seed=1)], *[each.repeat(4, *[1] * (each.ndim - 1)) for each in weights])


def algebra():
    x = random(4, 3)
    square = random(4, 4) + 3 * torch.eye(4)
    case("torch.frobenius_norm", x)
    case("torch.nuclear_norm", x)
    case("torch.norm_except_dim", random(3, 2, 2), 2, 1)
    case("torch.linalg.lstsq", x, random(4, 2), call=lambda a, b: torch.linalg.lstsq(a, b).solution)
    case("torch.linalg.tensorinv", (torch.eye(6) * 2 + random(6, 6) / 4).reshape(2, 3, 6), ind=2)
    case("torch.linalg.tensorsolve", (torch.eye(6) * 2 + random(6, 6) / 4).reshape(2, 3, 6), random(2, 3))
    case("torch.vdot", random(5), random(5, seed=1))
    case("torch.qr", square)
    case("torch.linalg.qr", square)
    case("torch.det", square)
    case("torch.inverse", square)
    case("torch.matrix_power", square, 3)
    case("torch.matrix_power", square, -2)
    case("torch.linalg.cond", square)
    case("torch.linalg.matrix_exp", random(2, 3, 3))
    case("torch.linalg.matrix_rank", random(4, 1) @ random(1, 3), exact=True)
    case("torch.special.i0", x)
    case("Tensor.cumprod_", x, 1)
    batch, other = random(2, 3, 4), random(2, 4, 5)
    case("Tensor.addbmm_", random(3, 5), batch, other, beta=0.5, alpha=2)
    case("Tensor.addmv_", random(4), x, random(3), alpha=0.5)
    case("Tensor.addr_", x, random(4), random(3), beta=2)
    case("Tensor.baddbmm_", random(2, 3, 5), batch, other)


def module(name, init, *args):
    """A module without state, in evaluation mode."""
    built = getattr(torch.nn, name)(*init).eval()
    given = [each.requires_grad_() if isinstance(each, torch.Tensor) and each.is_floating_point() else each for each in double(args)]
    result = built(*given)
    leaves = [i for i, each in enumerate(given) if isinstance(each, torch.Tensor) and each.requires_grad]
    up = random(*result.shape, seed=7)
    found = torch.autograd.grad(result, [given[i] for i in leaves], double(up))
    cases.append({
        "id": f"names/{name}/{sum(each['op'] == f'torch.nn.{name}' for each in cases):03d}",
        "op": f"torch.nn.{name}",
        "init": encode({"args": init, "kwargs": {}}),
        "state": {},
        "args": encode(args),
        "kwargs": {},
        "outputs": [store(rounded(result))],
        "grad_outputs": [store(up)],
        "grads": [{"path": ["args", i], "grad": store(rounded(grad))} for i, grad in zip(leaves, found)],
        "grad_rtol": 1e-5,
        "grad_atol": 1e-5,
        "rtol": 1e-5,
        "atol": 1e-5,
    })


def modules():
    lines, planes, cubes = random(2, 3, 8), random(2, 4, 6, 6), random(1, 2, 4, 4, 4)
    for rank, x in [(1, lines), (2, planes), (3, cubes)]:
        pooled, indices = getattr(F, f"max_pool{rank}d")(x, 2, return_indices=True)
        module(f"MaxUnpool{rank}d", [2], pooled, indices)
    for name in ["MaxPool3d", "AvgPool3d", "AdaptiveAvgPool3d", "AdaptiveMaxPool3d"]:
        module(name, [2], cubes)
    module("AdaptiveAvgPool3d", [[3, 2, 1]], cubes)
    for name in ["Dropout3d", "FeatureAlphaDropout"]:
        module(name, [], cubes)
    module("RReLU", [], planes)
    module("UpsamplingNearest2d", [9], planes)
    module("Fold", [[4, 5], [2, 2]], random(1, 8, 12))
    module("ConstantPad2d", [[1, 2, 0, 3], 0.5], planes)
    module("ConstantPad3d", [1, -1.5], cubes)
    module("ReflectionPad3d", [[1, 2, 3, 0, 1, 1]], cubes)
    module("ReplicationPad1d", [[2, 1]], lines)
    module("ReplicationPad2d", [2], planes)
    module("ReplicationPad3d", [[1, 0, 2, 1, 0, 3]], cubes)
    # PyTorch has no gradient for it
    cases.append({
        "id": "names/ChannelShuffle/000",
        "op": "torch.nn.ChannelShuffle",
        "init": {"args": [2], "kwargs": {}},
        "state": {},
        "args": [store(planes)],
        "kwargs": {},
        "outputs": [store(torch.nn.ChannelShuffle(2)(planes))],
        "rtol": 0,
        "atol": 0,
    })
    module("NLLLoss2d", [], torch.log_softmax(planes, 1), whole(2, 6, 6, high=4))
    module("TripletMarginWithDistanceLoss", [], random(5, 4), random(5, 4, seed=1), random(5, 4, seed=2))


def adaptive_softmax():
    """The one module of these with parameters, and with two results."""
    init = [8, 12, [3, 7], 2, True]
    torch.manual_seed(0)
    built = torch.nn.AdaptiveLogSoftmaxWithLoss(*init).eval()
    state = {name: store(value) for name, value in built.state_dict().items()}
    x, targets = random(6, 8), ints(0, 4, 11, 6, 2, 7)
    built, leaf = built.double(), x.double().requires_grad_()
    output, loss = built(leaf, targets)
    up = random(6, seed=7)
    output.backward(up.double())
    cases.append({
        "id": "names/AdaptiveLogSoftmaxWithLoss/000",
        "op": "torch.nn.AdaptiveLogSoftmaxWithLoss",
        "init": encode({"args": init, "kwargs": {}}),
        "state": state,
        "args": encode([x, targets]),
        "kwargs": {},
        "outputs": [store(rounded(output)), store(rounded(loss))],
        "grad_outputs": [store(up), None],
        "grads": [{"path": ["args", 0], "grad": store(rounded(leaf.grad))}],
        "param_grads": {name: store(rounded(parameter.grad)) for name, parameter in built.named_parameters()},
        "grad_rtol": 1e-5,
        "grad_atol": 1e-5,
        "rtol": 1e-5,
        "atol": 1e-5,
    })


def write():
    folder.mkdir(exist_ok=True)
    (folder / "cases.json").write_text("[\n" + ",\n".join(json.dumps(each, separators=(",", ":")) for each in cases) + "\n]\n")
    header, data = {}, b""
    for name, (dtype, shape, content) in sorted(container.items(), key=lambda item: item[1][0] in ("BOOL", "U8")):
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (folder / "tensors.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)


methods()
functions()
algebra()
modules()
adaptive_softmax()
write()
print(len(cases), "cases")
