/** Set bits for {@link WasmKernels.gemm}. */
export const gemmFlags = {
  /** A is stored [k, m]. */
  transposeA: 1,
  /** B is stored [n, k]. */
  transposeB: 2,
  /** Adds to C instead of overwriting it. */
  accumulate: 4,
} as const;

/**
 * What the WebAssembly module exports. Tensors are byte addresses (multiples of 4) of contiguous row-major float32, or
 * int32 for indices; everything else is a number. Nothing is checked and nothing is allocated: `scratch` is memory that
 * the caller lends, as many bytes as the function ending in `Scratch` says. `window` is the address that `writeWindow`
 * filled.
 */
export interface WasmKernels {
  /**
   * `C[m, n] = start + op(A) op(B)`, every output one chain over k in ascending order. Start is C with `accumulate`,
   * else the row `bias[n]`, else (bias 0) zero.
   */
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    flags: number,
    bias: number,
    scratch: number,
  ): void;
  gemmScratch(): number;
  /** `count` products; the bytes from one to the next of each operand, 0 for one that all share. */
  gemmBatch(
    count: number,
    aStep: number,
    bStep: number,
    cStep: number,
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    flags: number,
    bias: number,
    scratch: number,
  ): void;
  /** Rows `from` to `to` of `gemm`, the same bits in any split; m, n and k at least 2. */
  gemmRows(
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    flags: number,
    bias: number,
    scratch: number,
    from: number,
    to: number,
  ): void;

  /** 1 makes products and convolutions of tiles twice as wide, with the same bits, for all that share the memory. */
  useDoubleTiles(on: number): void;

  /** x [N, G C, H, W], weight [G O, C, kh, kw], bias [G O] or 0 to y [N, G O, oh, ow]. */
  conv2d(window: number, x: number, weight: number, bias: number, y: number, scratch: number): void;
  conv2dScratch(window: number): number;
  /** The gradient of x from that of y; dx is overwritten. */
  conv2dInputGradient(window: number, dy: number, weight: number, dx: number, scratch: number): void;
  conv2dInputGradientScratch(window: number): number;
  /** The gradient of the weight from that of y; dweight is overwritten. The gradient of the bias is `sum` twice. */
  conv2dWeightGradient(window: number, x: number, dy: number, dweight: number, scratch: number): void;
  conv2dWeightGradientScratch(window: number): number;
  /** Output channels `from` to `to` of every group, the same bits in any split. */
  conv2dWeightGradientRows(
    window: number,
    x: number,
    dy: number,
    dweight: number,
    scratch: number,
    from: number,
    to: number,
  ): void;
  /** Bytes for so many output channels. */
  conv2dWeightGradientRowsScratch(window: number, outputs: number): number;
  /** One image [C, H, W] to columns [C kh kw, oh ow]. */
  im2col(window: number, image: number, columns: number): void;
  /** Columns summed back into one image, which is overwritten. */
  col2im(window: number, columns: number, image: number): void;

  /** The largest value of each window and its flat int32 index in the [H, W] plane; padding never wins, NaN does. */
  maxPool2d(window: number, x: number, y: number, indices: number): void;
  /** dy summed at the indices; dx is overwritten. */
  maxPool2dGradient(window: number, dy: number, indices: number, dx: number): void;
  /** `y[p, i] = x[p, indices[p, i]]` for `planes` planes of `area` elements, `count` of them picked from each. */
  pickFromPlanes(x: number, indices: number, y: number, planes: number, area: number, count: number): void;
  /** The mean of each window; `countPad` 1 counts padding as zeros, a `divisor` above 0 replaces the count. */
  avgPool2d(window: number, x: number, y: number, countPad: number, divisor: number): void;
  avgPool2dGradient(window: number, dy: number, dx: number, countPad: number, divisor: number): void;

  /** `out[a, c] = Σ_b x[a, b, c]`. */
  sum(x: number, out: number, a: number, b: number, c: number): void;
  /** Columns `from` to `to` of `sum`, c at least 2; the same bits in any split at multiples of 16. */
  sumColumns(x: number, out: number, a: number, b: number, c: number, from: number, to: number): void;
  /** The float64 sums [runs] of the runs of 512 floats that `sum` over all adds one after the other. */
  runSums(x: number, sums: number, runs: number): void;
  /** `out` = the sum of these and of the `rest` floats at x that follow the runs: the bits of `sum` over all. */
  sumOfRuns(sums: number, runs: number, x: number, rest: number, out: number): void;
  /** `sum` of bool or uint8, into int32. */
  sumBytes(x: number, out: number, a: number, b: number, c: number): void;
  /** `out[a, c]` = the largest x[a, b, c] over b, b at least 1; NaN wins. */
  max(x: number, out: number, a: number, b: number, c: number): void;
  min(x: number, out: number, a: number, b: number, c: number): void;

  /** Over the last axis of [rows, count]; y may be x. */
  softmax(x: number, y: number, rows: number, count: number): void;
  logSoftmax(x: number, y: number, rows: number, count: number): void;
  /** From dy and the softmax y; dx may be dy. */
  softmaxGradient(dy: number, y: number, dx: number, rows: number, count: number): void;
  /** From dy and the logarithm y of the softmax; dx may be dy. */
  logSoftmaxGradient(dy: number, y: number, dx: number, rows: number, count: number): void;

  /** mean [C] and biased variance [C] of x [N, C, S]. */
  batchNormMoments(x: number, mean: number, variance: number, batch: number, channels: number, spatial: number): void;
  /** Channels `from` to `to`, the same bits in any split at multiples of 4. */
  batchNormMomentsChannels(
    x: number,
    mean: number,
    variance: number,
    batch: number,
    channels: number,
    spatial: number,
    from: number,
    to: number,
  ): void;
  /** `(x - mean) / sqrt(variance + eps) * weight + bias`; weight and bias may be 0, y may be x. */
  batchNorm(
    x: number,
    mean: number,
    variance: number,
    weight: number,
    bias: number,
    y: number,
    batch: number,
    channels: number,
    spatial: number,
    eps: number,
  ): void;
  /** With `training` 1 through the moments of x, else they are constants. weight, dx, dweight, dbias may be 0. */
  batchNormGradient(
    dy: number,
    x: number,
    mean: number,
    variance: number,
    weight: number,
    dx: number,
    dweight: number,
    dbias: number,
    batch: number,
    channels: number,
    spatial: number,
    eps: number,
    training: number,
  ): void;
  /** Channels `from` to `to`, the same bits in any split at multiples of 4. */
  batchNormGradientChannels(
    dy: number,
    x: number,
    mean: number,
    variance: number,
    weight: number,
    dx: number,
    dweight: number,
    dbias: number,
    batch: number,
    channels: number,
    spatial: number,
    eps: number,
    training: number,
    from: number,
    to: number,
  ): void;

  /** Over the last axis of [rows, count]; mean [rows] and rstd [rows] come out too. weight and bias may be 0. */
  layerNorm(
    x: number,
    weight: number,
    bias: number,
    y: number,
    mean: number,
    rstd: number,
    rows: number,
    count: number,
    eps: number,
  ): void;
  rowMoments(x: number, mean: number, rstd: number, rows: number, count: number, eps: number): void;
  /** weight, dx, dweight, dbias may be 0; what is written is overwritten. */
  layerNormGradient(
    dy: number,
    x: number,
    mean: number,
    rstd: number,
    weight: number,
    dx: number,
    dweight: number,
    dbias: number,
    rows: number,
    count: number,
  ): void;
  /** Columns `from` to `to` of dweight and dbias, the same bits in any split at multiples of 4. */
  layerNormGradientColumns(
    dy: number,
    x: number,
    mean: number,
    rstd: number,
    dweight: number,
    dbias: number,
    rows: number,
    count: number,
    from: number,
    to: number,
  ): void;

  /** A strided view of four-byte elements to contiguous; shape and strides are addresses of int32, strides in elements. */
  copyStrided(x: number, y: number, rank: number, shape: number, strides: number): void;
  /** The same for elements of one byte. */
  copyStridedBytes(x: number, y: number, rank: number, shape: number, strides: number): void;
  fill(y: number, count: number, value: number): void;

  /** Rows of table [rows, width] by int32 indices; the position of the first index outside, or -1. */
  gatherRows(table: number, indices: number, out: number, count: number, rows: number, width: number): number;
  /** Adds rows of x to table [rows, width]; the position of the first index outside, or -1. */
  scatterAddRows(x: number, indices: number, table: number, count: number, rows: number, width: number): number;

  /** `out[o, j, i] = x[o, index[o, j, i], i]` for `count` j; the position of the first index outside, or -1. */
  gather(x: number, index: number, out: number, outer: number, length: number, inner: number, count: number): number;
  /** `y[o, index[o, j, i], i] += x[o, j, i]` for `count` j; the position of the first index outside, or -1. */
  scatterAdd(x: number, index: number, y: number, outer: number, length: number, inner: number, count: number): number;
  /** Where the largest over the middle of [a, b, c] is, int32; the first of equal ones or of NaN. */
  argmax(x: number, out: number, a: number, b: number, c: number): void;
  argmin(x: number, out: number, a: number, b: number, c: number): void;

  /** From any strides to any strides over one shape; all three tables are addresses of `rank` int32. */
  copyBetween(x: number, y: number, rank: number, shape: number, from: number, to: number): void;
  /** The same for elements of one byte. */
  copyBytesBetween(x: number, y: number, rank: number, shape: number, from: number, to: number): void;
  /** Adds float32 to what is there. */
  addBetween(x: number, y: number, rank: number, shape: number, from: number, to: number): void;

  intsToFloats(x: number, y: number, count: number): void;
  bytesToFloats(x: number, y: number, count: number): void;
  bytesToInts(x: number, y: number, count: number): void;
  floatsToTruth(x: number, y: number, count: number): void;
  intsToTruth(x: number, y: number, count: number): void;
}
