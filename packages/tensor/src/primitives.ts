/** Every op with a kernel or a view of its own, by name. `@dl/autograd` has a rule for each. */
export { attention, attentionGradient } from "./ops/attention/attention.ts";
export { columnsToImage, imageToColumns } from "./ops/conv/columns.ts";
export { convolution, convolutionInputGradient, convolutionWeightGradient } from "./ops/conv/convolution.ts";
export { toCopy } from "./ops/copy.ts";
export {
  gelu,
  geluTanh,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  softplus,
  softsign,
  tanhshrink,
} from "./ops/elementwise/activation.ts";
export { add, div, mul, neg, reciprocal, square, sub } from "./ops/elementwise/arithmetic.ts";
export {
  airyAi,
  besselJ0,
  besselJ1,
  besselY0,
  besselY1,
  i0,
  i0e,
  i1,
  i1e,
  modifiedBesselK0,
  modifiedBesselK1,
  scaledModifiedBesselK0,
  scaledModifiedBesselK1,
  sphericalBesselJ0,
} from "./ops/elementwise/bessel.ts";
export { addcdiv, addcmul, heaviside, lerp, nanToNum, where } from "./ops/elementwise/blend.ts";
export {
  eq,
  ge,
  gt,
  isclose,
  isfinite,
  isinf,
  isnan,
  isneginf,
  isposinf,
  le,
  lt,
  ne,
} from "./ops/elementwise/comparison.ts";
export { floorDivide, fmod, gcd, lcm, remainder } from "./ops/elementwise/division.ts";
export { betweenBounds, clampMax, clampMin, fmax, fmin, maximum, minimum } from "./ops/elementwise/extremes.ts";
export {
  bitwiseAnd,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
} from "./ops/elementwise/logic.ts";
export { maskedFill } from "./ops/elementwise/masked-fill.ts";
export {
  erfcx,
  frexpExponent,
  frexpMantissa,
  logNdtr,
  ndtri,
  orthogonalPolynomial,
  zeta,
} from "./ops/elementwise/normal.ts";
export {
  exp,
  exp2,
  expm1,
  log,
  log1p,
  log2,
  log10,
  logaddexp,
  logaddexp2,
  pow,
  rsqrt,
  sqrt,
  xlog1py,
  xlogy,
} from "./ops/elementwise/power.ts";
export {
  celu,
  elu,
  hardshrink,
  hardsigmoid,
  hardswish,
  hardtanh,
  leakyRelu,
  preluOf,
  relu,
  selu,
  softshrink,
  step,
  threshold,
} from "./ops/elementwise/rectifiers.ts";
export {
  abs,
  ceil,
  copysign,
  floor,
  frac,
  round,
  roundFraction,
  roundMultiple,
  sign,
  signbit,
  trunc,
} from "./ops/elementwise/rounding.ts";
export { digamma, entr, erf, erfc, erfinv, lgamma, logit, ndtr, polygamma } from "./ops/elementwise/special.ts";
export {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  deg2rad,
  hypot,
  rad2deg,
  sin,
  sinc,
  sinh,
  tan,
  tanh,
} from "./ops/elementwise/trigonometry.ts";
export { gatherRows, scatterRows } from "./ops/embedding/rows.ts";
export { fourier } from "./ops/fourier/fourier.ts";
export { gather, scatterAdd } from "./ops/index/gather.ts";
export { indexAddSlabs, indexCopy, indexSelect } from "./ops/index/index-select.ts";
export { linearIndex } from "./ops/index/linear-index.ts";
export { nonzero } from "./ops/index/nonzero.ts";
export { scatterFold, scatterWrite } from "./ops/index/scatter.ts";
export { choleskyFactor } from "./ops/linalg/cholesky.ts";
export { factoredSystem } from "./ops/linalg/cholesky-solve.ts";
export { cofactor, determinant, determinantSign, logAbsDeterminant } from "./ops/linalg/determinant.ts";
export { eighPacked } from "./ops/linalg/eigh.ts";
export { inverse, solveMatrices } from "./ops/linalg/inverse.ts";
export { matrixExp } from "./ops/linalg/matrix-exp.ts";
export { pseudoInverse } from "./ops/linalg/pseudo-inverse.ts";
export { qrPacked } from "./ops/linalg/qr.ts";
export { svdPacked } from "./ops/linalg/svd.ts";
export { triangularSystem } from "./ops/linalg/triangular.ts";
export { biasedMatmul, matmulBatch } from "./ops/matmul.ts";
export {
  batchNormInputGradient,
  batchNormMoments,
  batchNormTrain,
  batchNormWeightGradient,
} from "./ops/norm/batch-norm.ts";
export { layerNormInputGradient, layerNormRows, layerNormWeightGradient } from "./ops/norm/layer-norm.ts";
export { averagePool, averagePoolGradient } from "./ops/pool/average.ts";
export { maxPoolAt, maxPoolGradient, maxPoolIndices, maxUnpool } from "./ops/pool/max.ts";
export { gruGates } from "./ops/recurrent/gru-gates.ts";
export { lstmGates } from "./ops/recurrent/lstm-gates.ts";
export { argmaxBlock, argminBlock, maxBlock, minBlock } from "./ops/reduce/extreme.ts";
export { logsumexpBlock } from "./ops/reduce/logsumexp.ts";
export { meanBlock, stdBlock, varBlock } from "./ops/reduce/moments.ts";
export { normBlock } from "./ops/reduce/norm.ts";
export { prodBlock } from "./ops/reduce/prod.ts";
export { sumBlock } from "./ops/reduce/sum.ts";
export { allBlock, anyBlock } from "./ops/reduce/truth.ts";
export { cumprod, cumsum, logcumsumexp } from "./ops/scan/cumulative.ts";
export { cummaxIndices, cumminIndices } from "./ops/scan/extreme.ts";
export { linearScan } from "./ops/scan/linear.ts";
export { cat } from "./ops/shape/cat.ts";
export { flip } from "./ops/shape/flip.ts";
export { padConstant } from "./ops/shape/pad-constant.ts";
export { tril, triu } from "./ops/shape/triangle.ts";
export { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from "./ops/softmax.ts";
export { argsort, topkIndices } from "./ops/sort/argsort.ts";
export { kthIndex, medianBlock, medianIndex, modeIndex, nanmedianBlock, nanmedianIndex } from "./ops/sort/ranks.ts";
export { searchsorted } from "./ops/sort/searchsorted.ts";
export { asStrided, copySlices, stridedScatterAdd } from "./ops/view/as-strided.ts";
export { diagonal } from "./ops/view/diagonal.ts";
export { expand } from "./ops/view/expand.ts";
export { permute } from "./ops/view/permute.ts";
export { view } from "./ops/view/reshape.ts";
export { slice } from "./ops/view/slice.ts";
export { unfold } from "./ops/view/unfold.ts";
export { resample, resampleGradient } from "./ops/vision/resample.ts";
export { tapIndices } from "./ops/vision/tap-indices.ts";
export { gatherTaps, scatterTaps, weighTaps } from "./ops/vision/taps.ts";
