import type { Generator } from "@dl/tensor";

/** From and to. */
export type Span = readonly [number, number];

/** A uniform number in `[low, high)`, as `torch.empty(1).uniform_(low, high)` draws it. */
export function uniform(generator: Generator, [low, high]: Span): number {
  return low + (high - low) * generator.uniform24();
}

/** A whole number from 0 to `n - 1`, as `torch.randint(n, (1,))` draws it. */
export function below(generator: Generator, n: number): number {
  return generator.random() % n;
}

/** A number from the beta distribution, the share of one gamma number in the sum of two. */
export function beta(generator: Generator, a: number, b: number): number {
  const x = logGamma(generator, a);
  const y = logGamma(generator, b);
  return 1 / (1 + Math.exp(y - x));
}

/** The logarithm of a gamma number: Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
function logGamma(generator: Generator, shape: number): number {
  if (shape < 1) return logGamma(generator, shape + 1) + Math.log1p(-generator.uniform53()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = generator.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log1p(-generator.uniform53()) < x * x * 0.5 + d - d * v + d * Math.log(v))
      return Math.log(d) + Math.log(v);
  }
}

/** `[-x, x]` for a number. */
export function spanOf(who: string, name: string, value: number | Span): Span {
  const [low, high] = typeof value === "number" ? [-value, value] : value;
  if (!(low <= high))
    throw new RangeError(`${who}: ${name} must go from a smaller to a greater number: ${low}, ${high}`);
  return [low, high];
}
