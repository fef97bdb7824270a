// biome-ignore-all format: a table of contents, one line for each file

// What a tensor is

export { bytesPerElement, type DType, isFloat, promoteTypes, resultType, type TypedArray } from "./dtype.ts";
export { operandsText, shapeText } from "./errors.ts";
export { contiguousStrides, type Layout, type Shape, sameShape, sizeOf } from "./shape.ts";
export type { Storage } from "./storage.ts";
export { type Nested, Tensor } from "./tensor.ts";

// Making tensors

export { complex, conj, imag, real } from "./functions/complex.ts";
export { arange, type CreationOptions, full, ones, tensor, zeros } from "./functions/creation.ts";
export { type CombinationsOptions, cartesianProd, combinations, type MeshgridOptions, meshgrid } from "./functions/grids.ts";
export { fullLike, onesLike, zerosLike } from "./functions/like.ts";
export { type OneHotOptions, oneHot } from "./functions/one-hot.ts";
export { type RotaryOptions, rotaryPositions, type SinusoidalOptions, sinusoidalPositions } from "./functions/positions.ts";
export { eye, type LogspaceOptions, linspace, logspace, type TriangleIndicesOptions, trilIndices, triuIndices, type VanderOptions, vander } from "./functions/sequences.ts";
export { bartlettWindow, blackmanWindow, type HammingOptions, hammingWindow, hannWindow, type KaiserOptions, kaiserWindow, type WindowOptions } from "./functions/windows.ts";

// Random numbers

export { bernoulli, type MultinomialOptions, multinomial, type NormalOptions, normal, type RandomOptions, rand, randint, randLike, randn, randnLike, randperm } from "./functions/random.ts";
export { type CauchyOptions, cauchy_, type GeometricOptions, geometric_, type LogNormalOptions, logNormal_, type PoissonOptions, poisson, type RandomIntegerOptions, random_ } from "./functions/random-further.ts";
export { type BernoulliOptions, bernoulli_, type ExponentialOptions, exponential_, type NormalInPlaceOptions, normal_, type UniformOptions, uniform_ } from "./functions/random-in-place.ts";
export { DEFAULT_SEED, defaultGenerator, Generator, manualSeed } from "./random/generator.ts";

// Devices and memory

export { currentDevice, type DeviceChoice, useDevice } from "./devices/current.ts";
export type { Device, DeviceName } from "./devices/device.ts";
export { type Factor, type Gemm, type MatrixPlace, type Product, useGemm } from "./devices/wasm/gemm.ts";
export type { MemoryLimits, MemoryStats } from "./devices/wasm/limits.ts";
export { setThreads, type ThreadsOptions, threads } from "./devices/wasm/threads/threads.ts";
export { limitMemory, memoryStats, wasmFallbacks } from "./devices/wasm/wasm.ts";
export { clone, contiguous, type ToOptions, to } from "./functions/convert.ts";
export { contiguousCopy, toCopy } from "./ops/copy.ts";
export { keep, scope, trackAllocations, withAllocations } from "./scope.ts";

// Element by element

export { glu, prelu, type RreluOptions, rrelu } from "./functions/activation.ts";
export { isreal, ldexp, positive, rsub } from "./functions/arithmetic.ts";
export { broadcastShapes } from "./functions/broadcast-shapes.ts";
export { type ClampOptions, clamp } from "./functions/clamp.ts";
export { allclose, equal } from "./functions/compare.ts";
export { type GumbelSoftmaxOptions, gumbelSoftmax } from "./functions/gumbel-softmax.ts";
export { mvlgamma } from "./functions/mvlgamma.ts";
export { softmin } from "./functions/softmin.ts";
export { chebyshevPolynomialT, chebyshevPolynomialU, chebyshevPolynomialV, chebyshevPolynomialW, frexp, hermitePolynomialH, hermitePolynomialHe, laguerrePolynomialL, legendrePolynomialP, shiftedChebyshevPolynomialT, shiftedChebyshevPolynomialU, shiftedChebyshevPolynomialV, shiftedChebyshevPolynomialW } from "./functions/special.ts";
export { type GeluOptions, gelu, logSigmoid, mish, type SoftplusOptions, sigmoid, silu, softplus, softsign, tanhshrink } from "./ops/elementwise/activation.ts";
export { type AddOptions, add, type DivOptions, div, mul, neg, reciprocal, square, sub } from "./ops/elementwise/arithmetic.ts";
export { airyAi, besselJ0, besselJ1, besselY0, besselY1, i0, i0e, i1, i1e, modifiedBesselK0, modifiedBesselK1, scaledModifiedBesselK0, scaledModifiedBesselK1, sphericalBesselJ0 } from "./ops/elementwise/bessel.ts";
export { addcdiv, addcmul, heaviside, lerp, type NanToNumOptions, nanToNum, type ValueOptions, where } from "./ops/elementwise/blend.ts";
export { type ClosenessOptions, eq, ge, gt, isclose, isfinite, isinf, isnan, isneginf, isposinf, le, lt, ne } from "./ops/elementwise/comparison.ts";
export { binary, type ElementwiseOp, elementwise, type Params, ternary, unary } from "./ops/elementwise/define.ts";
export { floorDivide, fmod, gcd, lcm, remainder } from "./ops/elementwise/division.ts";
export { clampMax, clampMin, fmax, fmin, maximum, minimum } from "./ops/elementwise/extremes.ts";
export { bitwiseAnd, bitwiseLeftShift, bitwiseNot, bitwiseOr, bitwiseRightShift, bitwiseXor, logicalAnd, logicalNot, logicalOr, logicalXor } from "./ops/elementwise/logic.ts";
export { maskedFill } from "./ops/elementwise/masked-fill.ts";
export { erfcx, logNdtr, ndtri, zeta } from "./ops/elementwise/normal.ts";
export { exp, exp2, expm1, log, log1p, log2, log10, logaddexp, logaddexp2, pow, rsqrt, sqrt, xlog1py, xlogy } from "./ops/elementwise/power.ts";
export { celu, elu, hardshrink, hardsigmoid, hardswish, hardtanh, leakyRelu, relu, relu6, selu, softshrink, step, threshold } from "./ops/elementwise/rectifiers.ts";
export { abs, ceil, copysign, floor, frac, type RoundOptions, round, sign, signbit, trunc } from "./ops/elementwise/rounding.ts";
export { digamma, entr, erf, erfc, erfinv, type LogitOptions, lgamma, logit, ndtr, polygamma } from "./ops/elementwise/special.ts";
export { acos, acosh, asin, asinh, atan, atan2, atanh, cos, cosh, deg2rad, hypot, rad2deg, sin, sinc, sinh, tan, tanh } from "./ops/elementwise/trigonometry.ts";
export { logSoftmax, type SoftmaxOptions, softmax } from "./ops/softmax.ts";

// Over dimensions

export { type CovarianceOptions, corrcoef, cov } from "./functions/covariance.ts";
export { cumulativeTrapezoid, type DiffOptions, diff, type TrapezoidOptions, trapezoid } from "./functions/differences.ts";
export { dist } from "./functions/dist.ts";
export { cdist, type DistanceOptions, pdist } from "./functions/distances.ts";
export { type AlongDim, amax, amin, aminmax, argmax, argmin, cummax, cummin, max, min, type ValuesAndIndices } from "./functions/extremes.ts";
export { type GradientOptions, gradient } from "./functions/gradient.ts";
export { type BincountOptions, bincount, type HistcOptions, type HistogramOptions, histc, histogram } from "./functions/histogram.ts";
export { type Mask, type MaskedIndexOptions, type MaskedVarianceOptions, maskedAmax, maskedAmin, maskedArgmax, maskedArgmin, maskedCumprod, maskedCumsum, maskedLogaddexp, maskedLogSoftmax, maskedLogsumexp, maskedMean, maskedMedian, maskedNorm, maskedNormalize, maskedProd, maskedSoftmax, maskedSoftmin, maskedStd, maskedSum, maskedVariance } from "./functions/masked.ts";
export { std, stdMean, type VarianceOptions, variance, varMean } from "./functions/moments.ts";
export { type LinalgNormOptions, linalgNorm, type MatrixNormOptions, matrixNorm, type NormalizeOptions, type NormOptions, norm, normalize, renorm, type VectorNormOptions, vectorNorm } from "./functions/norms.ts";
export { nanquantile, type QuantileOptions, quantile } from "./functions/quantile.ts";
export { countNonzero, logsumexp, mean, nanmean, nansum, prod, sum } from "./functions/reduce.ts";
export type { ReduceOptions, SumOptions } from "./functions/reduce-dims.ts";
export { type SegmentOptions, segmentMax, segmentMean, segmentMin, segmentSoftmax, segmentSum } from "./functions/segment.ts";
export { sumTo } from "./functions/sum-to.ts";
export { all, any } from "./functions/truth.ts";
export { cumprod, cumsum, logcumsumexp } from "./ops/scan/cumulative.ts";
export type { ScanAttrs, ScanOptions } from "./ops/scan/define.ts";
export { type LinearScanOptions, linearScan } from "./ops/scan/linear.ts";

// Sorting and searching

export { bucketize, isin, kthvalue, type LineOptions, median, mode, msort, nanmedian, sort, topk } from "./functions/order.ts";
export { type Unique, type UniqueOptions, unique, uniqueConsecutive } from "./functions/unique.ts";
export { argsort, type SortOptions, type TopkOptions } from "./ops/sort/argsort.ts";
export { type SearchOptions, searchsorted } from "./ops/sort/searchsorted.ts";

// Views and shapes

export { type DiagOptions, diag, diagEmbed, diagflat } from "./functions/diagonals.ts";
export { atleast1d, atleast2d, atleast3d, blockDiag, columnStack, dstack, hstack, stack, t, vstack } from "./functions/join.ts";
export { isPackedSequence, type PackedSequence, type PackOptions, packPaddedSequence, packSequence, padPackedSequence, type UnpackOptions, unpackSequence } from "./functions/packed-sequence.ts";
export { type PadMode, type PadOptions, pad } from "./functions/pad.ts";
export { type PadSequenceOptions, padSequence, unpadSequence } from "./functions/pad-sequence.ts";
export { type BroadcastOptions, broadcastTensors, expandAs, fliplr, flipud, movedim, type RollOptions, type Rot90Options, roll, rot90, unflatten } from "./functions/rearrange.ts";
export { type RepeatInterleaveOptions, repeat, repeatInterleave, tile } from "./functions/repeat.ts";
export { chunk, dsplit, hsplit, type SplitOptions, split, tensorSplit, unbind, vsplit } from "./functions/split.ts";
export { type CatOptions, cat } from "./ops/shape/cat.ts";
export { flip } from "./ops/shape/flip.ts";
export { type TriangleOptions, tril, triu } from "./ops/shape/triangle.ts";
export { asStrided } from "./ops/view/as-strided.ts";
export { type DiagonalOptions, diagonal } from "./ops/view/diagonal.ts";
export { expand } from "./ops/view/expand.ts";
export { permute, transpose } from "./ops/view/permute.ts";
export { flatten, reshape, view } from "./ops/view/reshape.ts";
export { narrow, type SliceOptions, select, slice } from "./ops/view/slice.ts";
export { squeeze, unsqueeze } from "./ops/view/squeeze.ts";
export { unfold } from "./ops/view/unfold.ts";

// Indexing

export { at, type IndexPutOptions, indexPut, indexPut_, setAt_ } from "./functions/at.ts";
export type { IndexPart } from "./functions/index-parts.ts";
export { maskedScatter, maskedSelect, nonzeroTuple, type TakeAlongDimOptions, take, takeAlongDim } from "./functions/index-read.ts";
export { diagonalScatter, type IndexAddOptions, indexAdd, indexFill, selectScatter, sliceScatter } from "./functions/index-write.ts";
export { type ScatterOptions, type ScatterReduceOptions, scatter, scatterReduce } from "./functions/scatter.ts";
export { gather, scatterAdd } from "./ops/index/gather.ts";
export { indexCopy, indexSelect } from "./ops/index/index-select.ts";
export { nonzero } from "./ops/index/nonzero.ts";
export type { Extreme } from "./ops/index/scatter.ts";

// In place

export { copy_, fill_, fillDiagonal_, zero_ } from "./functions/fill.ts";
export { abs_, acos_, acosh_, add_, addcdiv_, addcmul_, asin_, asinh_, atan_, atan2_, atanh_, bitwiseAnd_, bitwiseLeftShift_, bitwiseNot_, bitwiseOr_, bitwiseRightShift_, bitwiseXor_, ceil_, celu_, clamp_, copysign_, cos_, cosh_, deg2rad_, digamma_, div_, elu_, eq_, erf_, erfc_, erfinv_, exp_, exp2_, expm1_, floor_, floorDivide_, fmod_, frac_, gcd_, ge_, gt_, hardtanh_, hypot_, lcm_, le_, leakyRelu_, lerp_, lgamma_, log_, log1p_, log2_, log10_, logicalAnd_, logicalNot_, logicalOr_, logicalXor_, logit_, lt_, mul_, nanToNum_, ne_, neg_, pow_, rad2deg_, reciprocal_, relu_, relu6_, remainder_, round_, rrelu_, rsqrt_, selu_, sigmoid_, sign_, sin_, sinc_, sinh_, sqrt_, square_, sub_, tan_, tanh_, threshold_, trunc_, xlogy_ } from "./functions/in-place.ts";
export { indexAdd_, indexCopy_, indexFill_, maskedFill_, maskedScatter_, scatter_, scatterAdd_, scatterReduce_ } from "./functions/index-in-place.ts";
export { addbmm_, addmm_, addmv_, addr_, baddbmm_, cumprod_, cumsum_ } from "./functions/products-in-place.ts";
export { squeeze_, transpose_, tril_, triu_, unsqueeze_ } from "./functions/view-in-place.ts";
export { type Updates, updateAll_, updates } from "./ops/elementwise/updates.ts";
export { inPlace, update_ } from "./ops/in-place.ts";

// Products and linear algebra

export { type CholeskyOptions, cholesky, choleskyInverse, choleskySolve } from "./functions/cholesky.ts";
export { chainMatmul, kron, multiDot, type TensordotOptions, tensordot, trace } from "./functions/contract.ts";
export { type CrossOptions, cross } from "./functions/cross.ts";
export { type EighOptions, eigh, eigvalsh, qr, svd, svdvals } from "./functions/decompositions.ts";
export { det, logdet, slogdet } from "./functions/determinant.ts";
export { einsum } from "./functions/einsum.ts";
export { inv, matrixPower, type SolveTriangularOptions, solve, solveTriangular, type TriangularSolveOptions, triangularSolve, vecdot } from "./functions/inverse.ts";
export { matmul } from "./functions/matmul.ts";
export { cond, lstsq, matrixRank, type PinvOptions, pinv, type RankOptions } from "./functions/pinv.ts";
export { addbmm, addmm, addmv, addr, baddbmm, bmm, dot, type Factors, inner, mm, mv, outer } from "./functions/products.ts";
export { matrixExp } from "./ops/linalg/matrix-exp.ts";

// Fourier transforms

export { fft, fft2, fftn, ifft, ifft2, ifftn } from "./functions/fourier.ts";
export type { FourierDimsOptions, FourierNorm, FourierOptions } from "./functions/fourier-dims.ts";
export { hfft, hfft2, hfftn, ihfft, ihfft2, ihfftn, irfft, irfft2, irfftn, rfft, rfft2, rfftn } from "./functions/fourier-real.ts";
export { type FrequencyOptions, fftfreq, fftshift, ifftshift, rfftfreq, type ShiftOptions } from "./functions/frequencies.ts";
export { type IstftOptions, istft, type StftOptions, stft } from "./functions/stft.ts";

// Neural networks

export { adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d, adaptiveMaxPool1d, adaptiveMaxPool2d, adaptiveMaxPool3d, type OutputSize } from "./functions/adaptive-pool.ts";
export { type AffineGridOptions, affineGrid } from "./functions/affine-grid.ts";
export { type AttentionOptions, generateSquareSubsequentMask, scaledDotProductAttention } from "./functions/attention.ts";
export { type BatchNormOptions, batchNorm } from "./functions/batch-norm.ts";
export { type BlockOptions, col2im, type FoldOptions, im2col } from "./functions/columns.ts";
export { type ConvOptions, conv1d, conv2d, conv3d } from "./functions/conv.ts";
export { convTbc } from "./functions/conv-tbc.ts";
export { type ConvTransposeOptions, convTranspose1d, convTranspose2d, convTranspose3d } from "./functions/conv-transpose.ts";
export { alphaDropout, type DropoutOptions, dropout, dropout1d, dropout2d, dropout3d, featureAlphaDropout } from "./functions/dropout.ts";
export { type EmbeddingOptions, embedding } from "./functions/embedding.ts";
export { type EmbeddingBagOptions, embeddingBag } from "./functions/embedding-bag.ts";
export { emptyBeside } from "./functions/empty.ts";
export { type GridMode, type GridPadding, type GridSampleOptions, gridSample } from "./functions/grid-sample.ts";
export { type GroupNormOptions, groupNorm, type InstanceNormOptions, instanceNorm, type LocalResponseNormOptions, localResponseNorm } from "./functions/group-norm.ts";
export { type InterpolateOptions, interpolate } from "./functions/interpolate.ts";
export type { InterpolateMode } from "./functions/interpolate-lines.ts";
export { type LayerNormOptions, layerNorm } from "./functions/layer-norm.ts";
export { bilinear, linear } from "./functions/linear.ts";
export { type LpPoolOptions, lpPool1d, lpPool2d, lpPool3d } from "./functions/lp-pool.ts";
export { channelShuffle, pixelShuffle, pixelUnshuffle } from "./functions/pixel-shuffle.ts";
export { type AvgPoolOptions, avgPool1d, avgPool2d, avgPool3d, type MaxPoolOptions, maxPool1d, maxPool2d, maxPool3d, type Pooled } from "./functions/pool.ts";
export { type CellWeights, gruCell, type LstmWeights, lstmCell, type RnnCellOptions, rnnCell } from "./functions/recurrent.ts";
export type { PerDim } from "./functions/spatial.ts";
export { type MaxUnpoolOptions, maxUnpool1d, maxUnpool2d, maxUnpool3d } from "./functions/unpool.ts";

// Ops of your own, and what records them

export { apply, type Callable, callable, type Formula, type KernelOp, type Op, type Spec, type ViewOp } from "./op.ts";
export type { BackwardOptions, Tracer } from "./tracer.ts";
