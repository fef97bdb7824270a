export type { Device, DeviceName } from "./devices/device.ts";
export type { MemoryStats } from "./devices/wasm/heap.ts";
export { memoryStats, wasmFallbacks } from "./devices/wasm/wasm.ts";
export { currentDevice, type DeviceChoice, useDevice } from "./devices/current.ts";
export { type DType, isFloat, promoteTypes, resultType, type TypedArray } from "./dtype.ts";
export { operandsText, shapeText } from "./errors.ts";
export { full, ones, tensor, zeros, arange, type CreationOptions } from "./functions/creation.ts";
export { matmul } from "./functions/matmul.ts";
export { corrcoef, cov, type CovarianceOptions } from "./functions/covariance.ts";
export { cumulativeTrapezoid, diff, type DiffOptions, trapezoid, type TrapezoidOptions } from "./functions/differences.ts";
export { type AlongDim, amax, amin, aminmax, argmax, argmin, cummax, cummin, max, min, type ValuesAndIndices } from "./functions/extremes.ts";
export { gradient, type GradientOptions } from "./functions/gradient.ts";
export { bincount, type BincountOptions, histc, type HistcOptions, histogram, type HistogramOptions } from "./functions/histogram.ts";
export { std, stdMean, variance, type VarianceOptions, varMean } from "./functions/moments.ts";
export { linalgNorm, type LinalgNormOptions, matrixNorm, type MatrixNormOptions, norm, normalize, type NormalizeOptions, type NormOptions, renorm, vectorNorm, type VectorNormOptions } from "./functions/norms.ts";
export { bucketize, isin, kthvalue, type LineOptions, median, mode, msort, nanmedian, sort, topk } from "./functions/order.ts";
export { nanquantile, quantile, type QuantileOptions } from "./functions/quantile.ts";
export { countNonzero, logsumexp, mean, nanmean, nansum, prod, sum } from "./functions/reduce.ts";
export { type AttentionOptions, generateSquareSubsequentMask, scaledDotProductAttention } from "./functions/attention.ts";
export { isPackedSequence, type PackedSequence, packPaddedSequence, type PackOptions, packSequence, padPackedSequence, unpackSequence, type UnpackOptions } from "./functions/packed-sequence.ts";
export { padSequence, type PadSequenceOptions, unpadSequence } from "./functions/pad-sequence.ts";
export { rotaryPositions, type RotaryOptions, sinusoidalPositions, type SinusoidalOptions } from "./functions/positions.ts";
export { type CellWeights, gruCell, lstmCell, type LstmWeights, rnnCell, type RnnCellOptions } from "./functions/recurrent.ts";
export { broadcastShapes } from "./functions/broadcast-shapes.ts";
export { gumbelSoftmax, type GumbelSoftmaxOptions } from "./functions/gumbel-softmax.ts";
export { mvlgamma } from "./functions/mvlgamma.ts";
export { softmin } from "./functions/softmin.ts";
export { all, any } from "./functions/truth.ts";
export { type Unique, unique, uniqueConsecutive, type UniqueOptions } from "./functions/unique.ts";
export { cumprod, cumsum, logcumsumexp } from "./ops/scan/cumulative.ts";
export { linearScan, type LinearScanOptions } from "./ops/scan/linear.ts";
export type { ScanOptions } from "./ops/scan/define.ts";
export { logSoftmax, softmax, type SoftmaxOptions } from "./ops/softmax.ts";
export { argsort, type SortOptions, type TopkOptions } from "./ops/sort/argsort.ts";
export { searchsorted, type SearchOptions } from "./ops/sort/searchsorted.ts";
export type { ReduceOptions, SumOptions } from "./functions/reduce-dims.ts";
export { addbmm_, addmm_, addmv_, addr_, baddbmm_, cumprod_, cumsum_ } from "./functions/products-in-place.ts";
export { sumTo } from "./functions/sum-to.ts";
export type { Callable, Formula, KernelOp, Op, Spec, ViewOp } from "./op.ts";
export { apply, callable } from "./op.ts";
export { contiguousCopy, toCopy } from "./ops/copy.ts";
export { gather, scatterAdd } from "./ops/index/gather.ts";
export { binary, elementwise, type ElementwiseOp, ternary, unary } from "./ops/elementwise/define.ts";
export { inPlace, update_ } from "./ops/in-place.ts";
export { asStrided } from "./ops/view/as-strided.ts";
export { expand } from "./ops/view/expand.ts";
export { gelu, type GeluOptions, logSigmoid, mish, sigmoid, silu, softplus, type SoftplusOptions, softsign, tanhshrink } from "./ops/elementwise/activation.ts";
export { add, type AddOptions, div, type DivOptions, mul, neg, reciprocal, square, sub } from "./ops/elementwise/arithmetic.ts";
export { addcdiv, addcmul, heaviside, lerp, nanToNum, type NanToNumOptions, type ValueOptions, where } from "./ops/elementwise/blend.ts";
export { type ClosenessOptions, eq, ge, gt, isclose, isfinite, isinf, isnan, isneginf, isposinf, le, lt, ne } from "./ops/elementwise/comparison.ts";
export { floorDivide, fmod, gcd, lcm, remainder } from "./ops/elementwise/division.ts";
export { clampMax, clampMin, fmax, fmin, maximum, minimum } from "./ops/elementwise/extremes.ts";
export { bitwiseAnd, bitwiseLeftShift, bitwiseNot, bitwiseOr, bitwiseRightShift, bitwiseXor, logicalAnd, logicalNot, logicalOr, logicalXor } from "./ops/elementwise/logic.ts";
export { exp, exp2, expm1, log, log10, log1p, log2, logaddexp, logaddexp2, pow, rsqrt, sqrt, xlog1py, xlogy } from "./ops/elementwise/power.ts";
export { celu, elu, hardshrink, hardsigmoid, hardswish, hardtanh, leakyRelu, relu, relu6, selu, softshrink, step, threshold } from "./ops/elementwise/rectifiers.ts";
export { abs, ceil, copysign, floor, frac, round, type RoundOptions, sign, signbit, trunc } from "./ops/elementwise/rounding.ts";
export { digamma, entr, erf, erfc, erfinv, lgamma, logit, type LogitOptions, ndtr, polygamma } from "./ops/elementwise/special.ts";
export { acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, deg2rad, hypot, rad2deg, sin, sinc, sinh, tan, tanh } from "./ops/elementwise/trigonometry.ts";
export { glu, prelu, rrelu, type RreluOptions } from "./functions/activation.ts";
export { isreal, ldexp, positive, rsub } from "./functions/arithmetic.ts";
export { clamp, type ClampOptions } from "./functions/clamp.ts";
export { allclose, equal } from "./functions/compare.ts";
export { cross, type CrossOptions } from "./functions/cross.ts";
export { dist } from "./functions/dist.ts";
export {
  abs_,
  acos_,
  acosh_,
  add_,
  addcdiv_,
  addcmul_,
  asin_,
  asinh_,
  atan2_,
  atan_,
  atanh_,
  bitwiseAnd_,
  bitwiseLeftShift_,
  bitwiseNot_,
  bitwiseOr_,
  bitwiseRightShift_,
  bitwiseXor_,
  ceil_,
  celu_,
  clamp_,
  copysign_,
  cos_,
  cosh_,
  deg2rad_,
  digamma_,
  div_,
  elu_,
  eq_,
  erf_,
  erfc_,
  erfinv_,
  exp2_,
  exp_,
  expm1_,
  floor_,
  floorDivide_,
  fmod_,
  frac_,
  gcd_,
  ge_,
  gt_,
  hardtanh_,
  hypot_,
  lcm_,
  le_,
  leakyRelu_,
  lerp_,
  lgamma_,
  log10_,
  log1p_,
  log2_,
  log_,
  logicalAnd_,
  logicalNot_,
  logicalOr_,
  logicalXor_,
  logit_,
  lt_,
  mul_,
  nanToNum_,
  ne_,
  neg_,
  pow_,
  rad2deg_,
  reciprocal_,
  relu6_,
  relu_,
  remainder_,
  round_,
  rrelu_,
  rsqrt_,
  selu_,
  sigmoid_,
  sign_,
  sin_,
  sinc_,
  sinh_,
  sqrt_,
  square_,
  sub_,
  tan_,
  tanh_,
  threshold_,
  trunc_,
  xlogy_,
} from "./functions/in-place.ts";
export { flatten, reshape, view } from "./ops/view/reshape.ts";
export { permute, transpose } from "./ops/view/permute.ts";
export { narrow, select, slice } from "./ops/view/slice.ts";
export { squeeze, unsqueeze } from "./ops/view/squeeze.ts";
export { keep, scope, trackAllocations } from "./scope.ts";
export { contiguousStrides, type Layout, sameShape, type Shape, sizeOf } from "./shape.ts";
export type { Storage } from "./storage.ts";
export { type Nested, Tensor } from "./tensor.ts";
export type { BackwardOptions, Tracer } from "./tracer.ts";
export { DEFAULT_SEED, defaultGenerator, Generator, manualSeed } from "./random/generator.ts";
export { maskedFill } from "./ops/elementwise/masked-fill.ts";
export { indexCopy, indexSelect } from "./ops/index/index-select.ts";
export { nonzero } from "./ops/index/nonzero.ts";
export { cat, type CatOptions } from "./ops/shape/cat.ts";
export { flip } from "./ops/shape/flip.ts";
export { tril, type TriangleOptions, triu } from "./ops/shape/triangle.ts";
export { diagonal, type DiagonalOptions } from "./ops/view/diagonal.ts";
export { unfold } from "./ops/view/unfold.ts";
export { adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d, adaptiveMaxPool1d, adaptiveMaxPool2d, adaptiveMaxPool3d, type OutputSize } from "./functions/adaptive-pool.ts";
export { batchNorm, type BatchNormOptions } from "./functions/batch-norm.ts";
export { conv1d, conv2d, conv3d, type ConvOptions } from "./functions/conv.ts";
export { convTranspose1d, convTranspose2d, convTranspose3d, type ConvTransposeOptions } from "./functions/conv-transpose.ts";
export { alphaDropout, dropout, dropout1d, dropout2d, dropout3d, type DropoutOptions, featureAlphaDropout } from "./functions/dropout.ts";
export { embedding, type EmbeddingOptions } from "./functions/embedding.ts";
export { groupNorm, type GroupNormOptions, instanceNorm, type InstanceNormOptions, localResponseNorm, type LocalResponseNormOptions } from "./functions/group-norm.ts";
export { layerNorm, type LayerNormOptions } from "./functions/layer-norm.ts";
export { bilinear, linear } from "./functions/linear.ts";
export { avgPool1d, avgPool2d, avgPool3d, type AvgPoolOptions, maxPool1d, maxPool2d, maxPool3d, type MaxPoolOptions, type Pooled } from "./functions/pool.ts";
export type { PerDim } from "./functions/spatial.ts";
export { at, indexPut, indexPut_, type IndexPutOptions, setAt_ } from "./functions/at.ts";
export { clone, contiguous, to, type ToOptions } from "./functions/convert.ts";
export { diag, diagEmbed, diagflat, type DiagOptions } from "./functions/diagonals.ts";
export { copy_, fill_, fillDiagonal_, zero_ } from "./functions/fill.ts";
export {
  indexAdd_,
  indexCopy_,
  indexFill_,
  maskedFill_,
  maskedScatter_,
  scatter_,
  scatterAdd_,
  scatterReduce_,
} from "./functions/index-in-place.ts";
export { cartesianProd, combinations, type CombinationsOptions, meshgrid, type MeshgridOptions } from "./functions/grids.ts";
export type { IndexPart } from "./functions/index-parts.ts";
export { maskedScatter, maskedSelect, nonzeroTuple, take, takeAlongDim, type TakeAlongDimOptions } from "./functions/index-read.ts";
export { diagonalScatter, indexAdd, type IndexAddOptions, indexFill, selectScatter, sliceScatter } from "./functions/index-write.ts";
export { atleast1d, atleast2d, atleast3d, blockDiag, columnStack, dstack, hstack, stack, t, vstack } from "./functions/join.ts";
export { fullLike, onesLike, zerosLike } from "./functions/like.ts";
export { oneHot, type OneHotOptions } from "./functions/one-hot.ts";
export { pad, type PadMode, type PadOptions } from "./functions/pad.ts";
export {
  bernoulli,
  multinomial,
  type MultinomialOptions,
  normal,
  type NormalOptions,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  type RandomOptions,
  randperm,
} from "./functions/random.ts";
export {
  bernoulli_,
  type BernoulliOptions,
  exponential_,
  type ExponentialOptions,
  normal_,
  type NormalInPlaceOptions,
  uniform_,
  type UniformOptions,
} from "./functions/random-in-place.ts";
export {
  type CauchyOptions,
  cauchy_,
  geometric_,
  type GeometricOptions,
  logNormal_,
  type LogNormalOptions,
  poisson,
  type PoissonOptions,
  random_,
  type RandomIntegerOptions,
} from "./functions/random-further.ts";
export { type BroadcastOptions, broadcastTensors, expandAs, flipud, fliplr, movedim, roll, type RollOptions, rot90, type Rot90Options, unflatten } from "./functions/rearrange.ts";
export { repeat, repeatInterleave, type RepeatInterleaveOptions, tile } from "./functions/repeat.ts";
export { scatter, type ScatterOptions, scatterReduce, type ScatterReduceOptions } from "./functions/scatter.ts";
export { eye, linspace, logspace, type LogspaceOptions, trilIndices, type TriangleIndicesOptions, triuIndices, vander, type VanderOptions } from "./functions/sequences.ts";
export { chunk, dsplit, hsplit, split, type SplitOptions, tensorSplit, unbind, vsplit } from "./functions/split.ts";
export {
  bartlettWindow,
  blackmanWindow,
  hammingWindow,
  type HammingOptions,
  hannWindow,
  kaiserWindow,
  type KaiserOptions,
  type WindowOptions,
} from "./functions/windows.ts";
export { chainMatmul, kron, multiDot, tensordot, type TensordotOptions, trace } from "./functions/contract.ts";
export { cdist, type DistanceOptions, pdist } from "./functions/distances.ts";
export { einsum } from "./functions/einsum.ts";
export { addbmm, addmm, addmv, addr, baddbmm, bmm, dot, type Factors, inner, mm, mv, outer } from "./functions/products.ts";
export { convTbc } from "./functions/conv-tbc.ts";
export { embeddingBag, type EmbeddingBagOptions } from "./functions/embedding-bag.ts";
export { lpPool1d, lpPool2d, lpPool3d, type LpPoolOptions } from "./functions/lp-pool.ts";
export { maxUnpool1d, maxUnpool2d, maxUnpool3d, type MaxUnpoolOptions } from "./functions/unpool.ts";
export { squeeze_, transpose_, tril_, triu_, unsqueeze_ } from "./functions/view-in-place.ts";
export { cholesky, choleskyInverse, type CholeskyOptions, choleskySolve } from "./functions/cholesky.ts";
export { eigh, type EighOptions, eigvalsh, qr, svd, svdvals } from "./functions/decompositions.ts";
export { det, logdet, slogdet } from "./functions/determinant.ts";
export { inv, matrixPower, solve, solveTriangular, type SolveTriangularOptions, triangularSolve, type TriangularSolveOptions, vecdot } from "./functions/inverse.ts";
export { cond, lstsq, matrixRank, pinv, type PinvOptions, type RankOptions } from "./functions/pinv.ts";
export { matrixExp } from "./ops/linalg/matrix-exp.ts";
export { affineGrid, type AffineGridOptions } from "./functions/affine-grid.ts";
export { type BlockOptions, col2im, type FoldOptions, im2col } from "./functions/columns.ts";
export { type GridMode, type GridPadding, gridSample, type GridSampleOptions } from "./functions/grid-sample.ts";
export { interpolate, type InterpolateOptions } from "./functions/interpolate.ts";
export type { InterpolateMode } from "./functions/interpolate-lines.ts";
export { channelShuffle, pixelShuffle, pixelUnshuffle } from "./functions/pixel-shuffle.ts";
export { segmentMax, segmentMean, segmentMin, type SegmentOptions, segmentSoftmax, segmentSum } from "./functions/segment.ts";
export { complex, conj, imag, real } from "./functions/complex.ts";
export { fft, fft2, fftn, ifft, ifft2, ifftn } from "./functions/fourier.ts";
export type { FourierDimsOptions, FourierNorm, FourierOptions } from "./functions/fourier-dims.ts";
export { hfft, hfft2, hfftn, ihfft, ihfft2, ihfftn, irfft, irfft2, irfftn, rfft, rfft2, rfftn } from "./functions/fourier-real.ts";
export { fftfreq, fftshift, type FrequencyOptions, ifftshift, rfftfreq, type ShiftOptions } from "./functions/frequencies.ts";
export { istft, type IstftOptions, stft, type StftOptions } from "./functions/stft.ts";
export { airyAi, besselJ0, besselJ1, besselY0, besselY1, i0, i0e, i1, i1e, modifiedBesselK0, modifiedBesselK1, scaledModifiedBesselK0, scaledModifiedBesselK1, sphericalBesselJ0 } from "./ops/elementwise/bessel.ts";
export { erfcx, logNdtr, ndtri, zeta } from "./ops/elementwise/normal.ts";
export {
  chebyshevPolynomialT,
  chebyshevPolynomialU,
  chebyshevPolynomialV,
  chebyshevPolynomialW,
  frexp,
  hermitePolynomialH,
  hermitePolynomialHe,
  laguerrePolynomialL,
  legendrePolynomialP,
  shiftedChebyshevPolynomialT,
  shiftedChebyshevPolynomialU,
  shiftedChebyshevPolynomialV,
  shiftedChebyshevPolynomialW,
} from "./functions/special.ts";
export {
  type Mask,
  maskedAmax,
  maskedAmin,
  maskedArgmax,
  maskedArgmin,
  maskedCumprod,
  maskedCumsum,
  maskedLogSoftmax,
  maskedLogaddexp,
  maskedLogsumexp,
  maskedMean,
  maskedMedian,
  maskedNorm,
  maskedNormalize,
  maskedProd,
  maskedSoftmax,
  maskedSoftmin,
  maskedStd,
  maskedSum,
  maskedVariance,
  type MaskedIndexOptions,
  type MaskedVarianceOptions,
} from "./functions/masked.ts";
