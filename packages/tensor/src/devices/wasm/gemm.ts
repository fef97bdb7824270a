/** A float32 matrix in WebAssembly memory: rows are `stride` elements apart. */
export interface MatrixPlace {
  /** In bytes. */
  readonly address: number;
  readonly stride: number;
}

/** A factor of a product, read as it is stored or turned round. */
export interface Factor extends MatrixPlace {
  readonly transposed: boolean;
}

/** `C[m, n] = A[m, k] B[k, n]`, added to what is in C with `accumulate`. */
export interface Product {
  readonly memory: WebAssembly.Memory;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Factor;
  readonly b: Factor;
  readonly c: MatrixPlace;
  readonly accumulate: boolean;
}

/** A matrix product of another library, over the memory of this one. */
export type Gemm = (product: Product) => void;

let current: Gemm | undefined;

/**
 * Lets `gemm` multiply the float32 matrices of the WebAssembly device from now on, those of convolutions included;
 * without an argument the library's own kernels do so again. Returns what was in use before.
 *
 * Native libraries come in this way: see `@dl/native`.
 *
 * @example
 * useGemm(); // => undefined
 */
export function useGemm(gemm?: Gemm): Gemm | undefined {
  const before = current;
  current = gemm;
  return before;
}

/** What multiplies in place of the library's own kernels. */
export const currentGemm = (): Gemm | undefined => current;
