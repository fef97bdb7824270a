import { operandsText, type Tensor } from "@dl/tensor";
import { write } from "./fill.ts";
import { type Drawn, normal_ } from "./random.ts";

export interface OrthogonalOptions extends Drawn {
  /** Factor of the whole; default 1. */
  gain?: number;
}

/**
 * Overwrites `x`, seen as a matrix `[shape[0], rest]`, so that its rows (or columns, whichever are fewer) are orthogonal
 * and of length `gain`. Returns `x`.
 *
 * Saxe et al. 2013, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks".
 *
 * @example
 * orthogonal_(zeros([1, 1]), { gain: 2 }).abs().tolist(); // => [[2]]
 */
export function orthogonal_<T extends Tensor>(x: T, { gain = 1, generator }: OrthogonalOptions = {}): T {
  if (x.ndim < 2) throw new RangeError(`orthogonal_: needs at least 2 dimensions ${operandsText({ x })}`);
  if (x.size === 0) return x;
  normal_(x, { generator });
  const rows = x.shape[0] as number;
  const columns = x.size / rows;
  const vectors = vectorsOf(Float64Array.from(x.detach().toArray()), rows, columns);
  orthonormalize(vectors);
  return write(x, (values) => {
    vectors.forEach((vector, i) => {
      vector.forEach((value, k) => {
        values[rows < columns ? i * columns + k : k * columns + i] = gain * value;
      });
    });
  });
}

/** The rows of a wide matrix, the columns of a tall one. */
function vectorsOf(matrix: Float64Array, rows: number, columns: number): Float64Array[] {
  if (rows < columns) return Array.from({ length: rows }, (_, i) => matrix.slice(i * columns, (i + 1) * columns));
  return Array.from({ length: columns }, (_, i) =>
    Float64Array.from({ length: rows }, (_unused, k) => matrix[k * columns + i] as number),
  );
}

/**
 * Gram and Schmidt's method, twice for accuracy: the Q of a QR decomposition whose R has a positive diagonal, which is the
 * one that PyTorch's sign correction leads to.
 */
function orthonormalize(vectors: readonly Float64Array[]): void {
  vectors.forEach((vector, i) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of vectors.slice(0, i)) {
        const share = dot(vector, earlier);
        for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] as number) - share * (earlier[k] as number);
      }
      const length = Math.sqrt(dot(vector, vector));
      for (let k = 0; k < vector.length; k++) vector[k] = (vector[k] as number) / length;
    }
  });
}

function dot(x: Float64Array, y: Float64Array): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += (x[k] as number) * (y[k] as number);
  return total;
}
