/** A square matrix factored as `P A = L U`, in place: U on and above the diagonal, L (with ones) below. */
export interface Lu {
  readonly data: Float64Array;
  readonly n: number;
  /** Row `i` of `P A` is row `order[i]` of `A`. */
  readonly order: Int32Array;
  /** The sign of the permutation. */
  readonly sign: number;
  /** The first column without a pivot, or -1. */
  readonly singular: number;
}

/** Gauss with row exchanges. Overwrites `data`; goes on where a column has no pivot. */
export function luFactor(data: Float64Array, n: number): Lu {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let singular = -1;
  for (let k = 0; k < n; k++) {
    const pivot = pivotRow(data, n, k);
    if (data[pivot * n + k] === 0) {
      if (singular < 0) singular = k;
      continue;
    }
    if (pivot !== k) {
      swapRows(data, n, order, pivot, k);
      sign = -sign;
    }
    const head = data[k * n + k] as number;
    for (let i = k + 1; i < n; i++) {
      const factor = (data[i * n + k] as number) / head;
      data[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++)
        data[i * n + j] = (data[i * n + j] as number) - factor * (data[k * n + j] as number);
    }
  }
  return { data, n, order, sign, singular };
}

function pivotRow(data: Float64Array, n: number, k: number): number {
  let pivot = k;
  for (let i = k + 1; i < n; i++) {
    if (Math.abs(data[i * n + k] as number) > Math.abs(data[pivot * n + k] as number)) pivot = i;
  }
  return pivot;
}

function swapRows(data: Float64Array, n: number, order: Int32Array, a: number, b: number): void {
  for (let j = 0; j < n; j++) {
    const kept = data[a * n + j] as number;
    data[a * n + j] = data[b * n + j] as number;
    data[b * n + j] = kept;
  }
  const kept = order[a] as number;
  order[a] = order[b] as number;
  order[b] = kept;
}

/** `A⁻¹ B` for `B` of `[n, k]`, as a new array. */
export function luSolve({ data, n, order }: Lu, b: ArrayLike<number>, k: number): Float64Array {
  const x = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const from = (order[i] as number) * k;
    for (let j = 0; j < k; j++) x[i * k + j] = b[from + j] as number;
  }
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < i; p++) subtractRow(x, k, i, p, data[i * n + p] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let p = i + 1; p < n; p++) subtractRow(x, k, i, p, data[i * n + p] as number);
    const head = data[i * n + i] as number;
    for (let j = 0; j < k; j++) x[i * k + j] = (x[i * k + j] as number) / head;
  }
  return x;
}

/** Row `i` of `x` less `factor` times row `p`. */
export function subtractRow(x: Float64Array, k: number, i: number, p: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < k; j++) x[i * k + j] = (x[i * k + j] as number) - factor * (x[p * k + j] as number);
}

/** The product of the pivots, with the sign of the permutation. */
export function luDeterminant({ data, n, sign }: Lu): number {
  let product = sign;
  for (let i = 0; i < n; i++) product *= data[i * (n + 1)] as number;
  return product;
}
