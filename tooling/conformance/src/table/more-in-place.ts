import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { binaryRow, type Row, row, unaryRow } from "./row.ts";

/** The arguments that the scatter family shares. */
const place = (a: Args): [dl.Tensor, number, dl.Tensor] => [a.tensor(), a.number("dim"), a.tensor("index")];

/** In-place forms of which no case speaks. */
export const moreInPlace: readonly Row[] = [
  unaryRow("Tensor.acos_", dl.acos_),
  unaryRow("Tensor.acosh_", dl.acosh_),
  row("Tensor.addcdiv_(input, tensor1, tensor2, *, value=1)", (a) =>
    dl.addcdiv_(a.tensor(), a.tensor("tensor1"), a.tensor("tensor2"), a.options({ value: "value" })),
  ),
  unaryRow("Tensor.asin_", dl.asin_),
  unaryRow("Tensor.asinh_", dl.asinh_),
  binaryRow("Tensor.atan2_", dl.atan2_),
  unaryRow("Tensor.atan_", dl.atan_),
  unaryRow("Tensor.atanh_", dl.atanh_),
  row("Tensor.bernoulli_(input, p=0.5)", (a) => dl.bernoulli_(a.tensor(), a.options<dl.BernoulliOptions>({ p: "p" }))),
  binaryRow("Tensor.bitwise_and_", dl.bitwiseAnd_),
  binaryRow("Tensor.bitwise_left_shift_", dl.bitwiseLeftShift_),
  unaryRow("Tensor.bitwise_not_", dl.bitwiseNot_),
  binaryRow("Tensor.bitwise_or_", dl.bitwiseOr_),
  binaryRow("Tensor.bitwise_right_shift_", dl.bitwiseRightShift_),
  binaryRow("Tensor.bitwise_xor_", dl.bitwiseXor_),
  row("Tensor.cauchy_(input, median=0, sigma=1)", (a) =>
    dl.cauchy_(a.tensor(), a.options<dl.CauchyOptions>({ median: "median", sigma: "sigma" })),
  ),
  unaryRow("Tensor.ceil_", dl.ceil_),
  row("Tensor.clamp_max_(input, max)", (a) =>
    dl.inPlace("clampMax_", a.tensor(), (x) => dl.clampMax(x, a.operand("max"))),
  ),
  row("Tensor.clamp_min_(input, min)", (a) =>
    dl.inPlace("clampMin_", a.tensor(), (x) => dl.clampMin(x, a.operand("min"))),
  ),
  binaryRow("Tensor.copysign_", dl.copysign_),
  unaryRow("Tensor.cos_", dl.cos_),
  unaryRow("Tensor.cosh_", dl.cosh_),
  unaryRow("Tensor.deg2rad_", dl.deg2rad_),
  unaryRow("Tensor.digamma_", dl.digamma_),
  binaryRow("Tensor.eq_", dl.eq_),
  unaryRow("Tensor.erf_", dl.erf_),
  unaryRow("Tensor.erfc_", dl.erfc_),
  unaryRow("Tensor.erfinv_", dl.erfinv_),
  unaryRow("Tensor.exp2_", dl.exp2_),
  unaryRow("Tensor.expm1_", dl.expm1_),
  row("Tensor.exponential_(input, lambd=1)", (a) =>
    dl.exponential_(a.tensor(), a.options<dl.ExponentialOptions>({ rate: "lambd" })),
  ),
  binaryRow("Tensor.float_power_", dl.pow_),
  binaryRow("Tensor.floor_divide_", dl.floorDivide_),
  binaryRow("Tensor.fmod_", dl.fmod_),
  unaryRow("Tensor.frac_", dl.frac_),
  binaryRow("Tensor.gcd_", dl.gcd_),
  binaryRow("Tensor.ge_", dl.ge_),
  row("Tensor.geometric_(input, p)", (a) => dl.geometric_(a.tensor(), { p: a.number("p") })),
  binaryRow("Tensor.gt_", dl.gt_),
  row("Tensor.heaviside_(input, values)", (a) =>
    dl.inPlace("heaviside_", a.tensor(), (x) => dl.heaviside(x, a.tensor("values"))),
  ),
  binaryRow("Tensor.hypot_", dl.hypot_),
  unaryRow("Tensor.i0_", (x) => dl.inPlace("i0_", x, dl.i0)),
  row("Tensor.index_copy_(input, dim, index, source)", (a) => dl.indexCopy_(...place(a), a.tensor("source"))),
  row("Tensor.index_fill_(input, dim, index, value)", (a) => dl.indexFill_(...place(a), a.operand("value"))),
  row("Tensor.index_put_(input, indices, values, accumulate=False)", (a) =>
    dl.indexPut_(a.tensor(), a.tensors("indices"), a.tensor("values"), a.options({ accumulate: "accumulate" })),
  ),
  binaryRow("Tensor.lcm_", dl.lcm_),
  row("Tensor.ldexp_(input, other)", (a) => dl.inPlace("ldexp_", a.tensor(), (x) => dl.ldexp(x, a.tensor("other")))),
  binaryRow("Tensor.le_", dl.le_),
  unaryRow("Tensor.lgamma_", dl.lgamma_),
  unaryRow("Tensor.log10_", dl.log10_),
  unaryRow("Tensor.log1p_", dl.log1p_),
  unaryRow("Tensor.log2_", dl.log2_),
  unaryRow("Tensor.log_", dl.log_),
  row("Tensor.log_normal_(input, mean=1, std=2)", (a) =>
    dl.logNormal_(a.tensor(), a.options<dl.LogNormalOptions>({ mean: "mean", std: "std" })),
  ),
  binaryRow("Tensor.logical_and_", dl.logicalAnd_),
  binaryRow("Tensor.logical_or_", dl.logicalOr_),
  binaryRow("Tensor.logical_xor_", dl.logicalXor_),
  row("Tensor.logit_(input, eps=None)", (a) => dl.logit_(a.tensor(), a.options({ eps: "eps" }))),
  binaryRow("Tensor.lt_", dl.lt_),
  row("Tensor.masked_scatter_(input, mask, source)", (a) =>
    dl.maskedScatter_(a.tensor(), a.tensor("mask"), a.tensor("source")),
  ),
  row("Tensor.mvlgamma_(input, p)", (a) => dl.inPlace("mvlgamma_", a.tensor(), (x) => dl.mvlgamma(x, a.number("p")))),
  row("Tensor.nan_to_num_(input, nan=0.0, posinf=None, neginf=None)", (a) =>
    dl.nanToNum_(a.tensor(), a.options({ nan: "nan", posinf: "posinf", neginf: "neginf" })),
  ),
  binaryRow("Tensor.ne_", dl.ne_),
  row("Tensor.normal_(input, mean=0, std=1)", (a) =>
    dl.normal_(a.tensor(), a.options<dl.NormalInPlaceOptions>({ mean: "mean", std: "std" })),
  ),
  row("Tensor.polygamma_(input, n)", (a) =>
    dl.inPlace("polygamma_", a.tensor(), (x) => dl.polygamma(a.number("n"), x)),
  ),
  unaryRow("Tensor.rad2deg_", dl.rad2deg_),
  row("Tensor.random_(input, from=0, to=None)", (a) => {
    // one number alone is the end
    const [from, to] = a.has("to") ? [a.number("from"), a.number("to")] : [0, a.maybe<number>("from")];
    return dl.random_(a.tensor(), { from, to });
  }),
  binaryRow("Tensor.remainder_", dl.remainder_),
  row("Tensor.renorm_(input, p, dim, maxnorm)", (a) =>
    dl.inPlace("renorm_", a.tensor(), (x) => dl.renorm(x, a.number("p"), a.number("dim"), a.number("maxnorm"))),
  ),
  unaryRow("Tensor.rsqrt_", dl.rsqrt_),
  row("Tensor.scatter_reduce_(input, dim, index, src, reduce, *, include_self=True)", (a) =>
    dl.scatterReduce_(...place(a), a.tensor("src"), a.options({ reduce: "reduce", includeSelf: "include_self" })),
  ),
  unaryRow("Tensor.sign_", dl.sign_),
  unaryRow("Tensor.sin_", dl.sin_),
  unaryRow("Tensor.sinc_", dl.sinc_),
  unaryRow("Tensor.sinh_", dl.sinh_),
  unaryRow("Tensor.square_", dl.square_),
  unaryRow("Tensor.t_", (x) => dl.transpose_(x, 0, 1)),
  unaryRow("Tensor.tan_", dl.tan_),
  row("Tensor.triu_(input, diagonal=0)", (a) => dl.triu_(a.tensor(), a.options({ diagonal: "diagonal" }))),
  unaryRow("Tensor.trunc_", dl.trunc_),
  row("Tensor.uniform_(input, from=0, to=1)", (a) =>
    dl.uniform_(a.tensor(), a.options<dl.UniformOptions>({ from: "from", to: "to" })),
  ),
  binaryRow("Tensor.xlogy_", dl.xlogy_),
  row("torch.nn.functional.celu_(input, alpha=1.0)", (a) => dl.celu_(a.tensor(), a.options({ alpha: "alpha" }))),
  row("torch.nn.functional.elu_(input, alpha=1.0)", (a) => dl.elu_(a.tensor(), a.options({ alpha: "alpha" }))),
  row("torch.nn.functional.hardtanh_(input, min_val=-1.0, max_val=1.0)", (a) =>
    dl.hardtanh_(a.tensor(), a.options({ minVal: "min_val", maxVal: "max_val" })),
  ),
  row("torch.nn.functional.leaky_relu_(input, negative_slope=0.01)", (a) =>
    dl.leakyRelu_(a.tensor(), a.options({ negativeSlope: "negative_slope" })),
  ),
  row("torch.nn.functional.rrelu_(input, lower=0.125, upper=0.3333333333333333, training=False)", (a) =>
    dl.rrelu_(a.tensor(), a.options<dl.RreluOptions>({ lower: "lower", upper: "upper", training: "training" })),
  ),
  unaryRow("torch.nn.functional.selu_", dl.selu_),
  row("torch.nn.functional.threshold_(input, threshold, value)", (a) =>
    dl.threshold_(a.tensor(), { threshold: a.number("threshold"), value: a.number("value") }),
  ),
];
