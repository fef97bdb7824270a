import type { Signature } from "../signature.ts";

/** Names that PyTorch itself has for the same thing: here they share a row. */
const synonyms: Readonly<Record<string, string>> = {
  "Tensor.absolute": "torch.abs",
  "Tensor.absolute_": "Tensor.abs_",
  "Tensor.arccos": "torch.acos",
  "Tensor.arccos_": "Tensor.acos_",
  "Tensor.arccosh": "torch.acosh",
  "Tensor.arccosh_": "Tensor.acosh_",
  "Tensor.arcsin": "torch.asin",
  "Tensor.arcsin_": "Tensor.asin_",
  "Tensor.arcsinh": "torch.asinh",
  "Tensor.arcsinh_": "Tensor.asinh_",
  "Tensor.arctan": "torch.atan",
  "Tensor.arctan2": "torch.atan2",
  "Tensor.arctan2_": "Tensor.atan2_",
  "Tensor.arctan_": "Tensor.atan_",
  "Tensor.arctanh": "torch.atanh",
  "Tensor.arctanh_": "Tensor.atanh_",
  "Tensor.clip_": "Tensor.clamp_",
  "Tensor.divide": "torch.div",
  "Tensor.divide_": "Tensor.div_",
  "Tensor.fix": "torch.trunc",
  "Tensor.fix_": "Tensor.trunc_",
  "Tensor.ger": "torch.outer",
  "Tensor.greater": "torch.gt",
  "Tensor.greater_": "Tensor.gt_",
  "Tensor.greater_equal": "torch.ge",
  "Tensor.greater_equal_": "Tensor.ge_",
  "Tensor.less": "torch.lt",
  "Tensor.less_": "Tensor.lt_",
  "Tensor.less_equal": "torch.le",
  "Tensor.less_equal_": "Tensor.le_",
  "Tensor.moveaxis": "torch.movedim",
  "Tensor.multiply": "torch.mul",
  "Tensor.multiply_": "Tensor.mul_",
  "Tensor.ndimension": "Tensor.ndim",
  "Tensor.negative": "torch.neg",
  "Tensor.negative_": "Tensor.neg_",
  "Tensor.not_equal": "torch.ne",
  "Tensor.not_equal_": "Tensor.ne_",
  "Tensor.qr": "torch.linalg.qr",
  "Tensor.sgn_": "Tensor.sign_",
  "Tensor.slogdet": "torch.linalg.slogdet",
  "Tensor.subtract": "torch.sub",
  "Tensor.subtract_": "Tensor.sub_",
  "Tensor.swapaxes_": "Tensor.transpose_",
  "Tensor.swapdims": "torch.transpose",
  "Tensor.swapdims_": "Tensor.transpose_",
  "Tensor.true_divide_": "Tensor.div_",
  "Tensor.hardshrink": "torch.nn.functional.hardshrink",
  "Tensor.prelu": "torch.nn.functional.prelu",
  "Tensor.unsafe_chunk": "torch.chunk",
  "Tensor.unsafe_split": "torch.split",
  "Tensor.unsafe_split_with_sizes": "torch.split_with_sizes",
  "torch.absolute": "torch.abs",
  "torch.adjoint": "Tensor.adjoint",
  "torch.affine_grid_generator": "torch.nn.functional.affine_grid",
  "torch.arccos": "torch.acos",
  "torch.arccosh": "torch.acosh",
  "torch.arcsin": "torch.asin",
  "torch.arcsinh": "torch.asinh",
  "torch.arctan": "torch.atan",
  "torch.arctan2": "torch.atan2",
  "torch.arctanh": "torch.atanh",
  "torch.asarray": "torch.as_tensor",
  "torch.concat": "torch.cat",
  "torch.concatenate": "torch.cat",
  "torch.detach": "Tensor.detach",
  "torch.divide": "torch.div",
  "torch.fix": "torch.trunc",
  "torch.from_numpy": "torch.tensor",
  "torch.ger": "torch.outer",
  "torch.greater": "torch.gt",
  "torch.greater_equal": "torch.ge",
  "torch.less": "torch.lt",
  "torch.less_equal": "torch.le",
  "torch.linalg.diagonal": "torch.diagonal",
  "torch.linalg.matmul": "torch.matmul",
  "torch.max_pool1d_with_indices": "torch.nn.functional.max_pool1d_with_indices",
  "torch.moveaxis": "torch.movedim",
  "torch.multiply": "torch.mul",
  "torch.negative": "torch.neg",
  "torch.nn.functional.upsample": "torch.nn.functional.interpolate",
  "torch.nn.init.constant": "torch.nn.init.constant_",
  "torch.nn.init.dirac": "torch.nn.init.dirac_",
  "torch.nn.init.eye": "torch.nn.init.eye_",
  "torch.nn.init.kaiming_normal": "torch.nn.init.kaiming_normal_",
  "torch.nn.init.kaiming_uniform": "torch.nn.init.kaiming_uniform_",
  "torch.nn.init.normal": "torch.nn.init.normal_",
  "torch.nn.init.orthogonal": "torch.nn.init.orthogonal_",
  "torch.nn.init.sparse": "torch.nn.init.sparse_",
  "torch.nn.init.uniform": "torch.nn.init.uniform_",
  "torch.nn.init.xavier_normal": "torch.nn.init.xavier_normal_",
  "torch.nn.init.xavier_uniform": "torch.nn.init.xavier_uniform_",
  "torch.nn.utils.clip_grad_norm": "torch.nn.utils.clip_grad_norm_",
  "torch.nn.functional.relu_": "Tensor.relu_",
  "torch.not_equal": "torch.ne",
  "torch.numel": "Tensor.numel",
  "torch.qr": "torch.linalg.qr",
  "torch.row_stack": "torch.vstack",
  "torch.slogdet": "torch.linalg.slogdet",
  "torch.special.expit": "torch.sigmoid",
  "torch.special.gammaln": "torch.lgamma",
  "torch.special.multigammaln": "torch.mvlgamma",
  "torch.special.psi": "torch.digamma",
  "torch.subtract": "torch.sub",
  "torch.swapdims": "torch.transpose",
  "torch.unsafe_chunk": "torch.chunk",
  "torch.unsafe_split": "torch.split",
  "torch.unsafe_split_with_sizes": "torch.split_with_sizes",
};

/** Methods that are functions of `torch` with the receiver as the first argument. */
const methodsLikeFunctions = words(`
  abs acos acosh add angle addbmm addcdiv addcmul addmm addmv addr all allclose amax amin aminmax any argmax argmin
  argsort argwhere as_strided as_strided_scatter asin asinh atan atan2 atanh baddbmm bernoulli bincount bitwise_and
  bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor bmm broadcast_to ceil cholesky
  cholesky_inverse cholesky_solve chunk clamp clamp_max clamp_min clip copysign corrcoef cos cosh count_nonzero cov
  cross cummax cummin cumprod cumsum deg2rad det diag diag_embed diagflat diagonal diagonal_scatter diff digamma
  dist div dot dsplit eq equal erf erfc erfinv exp exp2 expm1 flatten flip fliplr flipud float_power floor
  floor_divide fmax fmin fmod frac frexp gather gcd ge gt heaviside histc histogram hsplit hypot i0 index_add
  index_copy index_fill index_put index_reduce index_select inner inverse is_floating_point is_nonzero is_same_size
  is_signed isclose isfinite isinf isnan isneginf isposinf isreal istft kron kthvalue lcm ldexp le lerp lgamma log
  log10 log1p log2 log_softmax logaddexp logaddexp2 logcumsumexp logdet logical_and logical_not logical_or
  logical_xor logit logsumexp lt masked_fill masked_select matmul matrix_exp matrix_power max maximum mean median
  min minimum mm mode movedim msort mul multinomial mv mvlgamma nan_to_num nanmean nanmedian nanquantile nansum
  narrow ne neg nonzero norm outer pinverse positive pow prod put quantile rad2deg ravel reciprocal relu remainder
  renorm repeat_interleave roll rot90 round rsqrt scatter scatter_add scatter_reduce select select_scatter sgn
  sigmoid sign signbit sin sinc sinh slice_scatter softmax sort split split_with_sizes sqrt square squeeze std stft
  sub sum svd swapaxes t take take_along_dim tan tanh tensor_split topk trace transpose triangular_solve tril triu
  true_divide trunc unbind unique unique_consecutive unsqueeze var vdot vsplit xlogy
`);

/** In-place functions of `torch` that are methods. */
const functionsLikeMethods = words(`
  abs_ acos_ acosh_ addmv_ arccos_ arccosh_ arcsin_ arcsinh_ arctan_ arctanh_ asin_ asinh_ atan_ atanh_ ceil_ clamp_
  clamp_max_ clamp_min_ clip_ cos_ cosh_ deg2rad_ erf_ erfc_ exp2_ exp_ expm1_ fill_ fix_ floor_ frac_ gcd_ i0_
  index_put_ lcm_ ldexp_ log10_ log1p_ log2_ log_ logit_ nan_to_num_ neg_ negative_ rad2deg_ reciprocal_ relu_
  round_ rsqrt_ sigmoid_ sin_ sinc_ sinh_ sqrt_ square_ tan_ tanh_ trunc_ xlogy_ zero_
`);

/** Functions of `torch` that are functions of `torch.nn.functional`. */
const functionsLikeLayers = words(`
  adaptive_avg_pool1d avg_pool1d bilinear celu celu_ channel_shuffle conv1d conv2d conv3d
  conv_tbc conv_transpose1d conv_transpose2d conv_transpose3d cosine_similarity hardshrink max_pool1d max_pool2d
  max_pool3d pairwise_distance pdist pixel_shuffle pixel_unshuffle prelu rrelu_ selu_ threshold threshold_
`);

/** Functions of `torch.special` that are functions of `torch`. */
const specialLikeFunctions = words(`
  digamma erf erfc erfinv exp2 expm1 log1p log_softmax logit logsumexp polygamma round sinc softmax xlogy
`);

/** PyTorch's further names of functions, and the names of the rows they stand for. */
export const functionAliases: ReadonlyMap<string, string> = new Map([
  ...Object.entries(synonyms),
  ...prefixed("Tensor", "torch", methodsLikeFunctions),
  ...prefixed("torch", "Tensor", functionsLikeMethods),
  ...prefixed("torch", "torch.nn.functional", functionsLikeLayers),
  ...prefixed("torch.special", "torch", specialLikeFunctions),
]);

/** PyTorch's further names of modules. */
export const moduleAliases: ReadonlyMap<string, string> = new Map([["torch.nn.NLLLoss2d", "torch.nn.NLLLoss"]]);

/** The rows, and once more under each further name. */
export function withAliases<R extends { readonly signature: Signature }>(
  rows: ReadonlyMap<string, R>,
  aliases: ReadonlyMap<string, string>,
): Map<string, R> {
  const all = new Map(rows);
  for (const [name, target] of aliases) {
    const found = all.get(target);
    if (found === undefined) throw new Error(`table: ${name} stands for ${target}, which has no row`);
    if (all.has(name)) throw new Error(`table: two rows for ${name}`);
    all.set(name, { ...found, signature: { ...found.signature, name } });
  }
  return all;
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

function prefixed(from: string, to: string, names: readonly string[]): [string, string][] {
  return names.map((name) => [`${from}.${name}`, `${to}.${name}`]);
}
