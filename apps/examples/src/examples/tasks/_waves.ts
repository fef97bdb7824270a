import { arange, eq, frac, lt, narrow, rand, randint, randnLike, sin, type Tensor, where } from "@dl/tensor";

const length = 40;
const noise = 0.2;

/** Noisy waves, and three things that one may want to know of them. */
export interface Waves {
  /** `[n, length, 1]` */
  readonly x: Tensor;
  /** `[n]`: 0 sine, 1 square, 2 sawtooth; one answer for the whole sequence. */
  readonly shape: Tensor;
  /** `[n, length, 1]`: 1 in the first half of each cycle, 0 in the second; one answer for every step. */
  readonly half: Tensor;
  /** `[n, length, 1]`: the value one step later. */
  readonly next: Tensor;
}

/** What there is to know of waves, or what a model says of it. */
export type Answers = Omit<Waves, "x">;

/** Waves of 8 to 16 steps a cycle that begin anywhere in it. */
export function waves(count: number): Waves {
  const period = rand([count, 1]).mul(8).add(8);
  const cycle = frac(
    arange(length + 1)
      .div(period)
      .add(rand([count, 1])),
  );
  const shape = randint(0, 3, [count]);
  const kind = shape.unsqueeze(1);
  const first = lt(cycle, 0.5);
  const step = first.to("float32").mul(2).sub(1);
  const clean = where(eq(kind, 0), sin(cycle.mul(2 * Math.PI)), where(eq(kind, 1), step, cycle.mul(2).sub(1)));
  const heard = clean.add(randnLike(clean).mul(noise)).unsqueeze(2);
  return {
    x: narrow(heard, 1, 0, length),
    shape,
    half: narrow(first.to("float32").unsqueeze(2), 1, 0, length),
    next: narrow(heard, 1, 1, length),
  };
}
