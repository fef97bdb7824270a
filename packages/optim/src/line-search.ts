/** A place along a line, with the value, the gradient and the slope along the line there. */
export interface Point {
  readonly t: number;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slope: number;
}

interface Limits {
  /** Bracket width below which the search stops. */
  readonly tolerance: number;
  /** Evaluations after the first. Default 25. */
  readonly maxIterations?: number;
}

/** Sufficient decrease of the value and of the slope. */
const [C1, C2] = [1e-4, 0.9];

/**
 * A step along a line of descent that satisfies the strong Wolfe conditions, or the best one found: first a bracket
 * around such a step, then its narrowing by cubic interpolation.
 *
 * Source: Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6; interpolation and safeguards as in minFunc.
 */
export function strongWolfe(
  evaluate: (t: number) => Point,
  start: Point,
  first: number,
  { tolerance, maxIterations = 25 }: Limits,
): Point {
  const tooHigh = ({ t, value }: Point): boolean => value > start.value + C1 * t * start.slope;
  const flatEnough = ({ slope }: Point): boolean => Math.abs(slope) <= -C2 * start.slope;
  let previous = start;
  let current = evaluate(first);
  let iteration = 0;
  for (; iteration < maxIterations; iteration++) {
    if (tooHigh(current) || (iteration > 1 && current.value >= previous.value)) break;
    if (flatEnough(current)) return current;
    if (current.slope >= 0) break;
    const next = cubicMinimum(previous, current, current.t + 0.01 * (current.t - previous.t), current.t * 10);
    previous = current;
    current = evaluate(next);
  }
  if (iteration === maxIterations) return current.value < start.value ? current : start;
  let [low, high] = inOrder(previous, current);
  let nearBorder = false;
  for (; iteration < maxIterations && Math.abs(high.t - low.t) >= tolerance; iteration++) {
    const left = Math.min(low.t, high.t);
    const right = Math.max(low.t, high.t);
    const margin = 0.1 * (right - left);
    let t: number = cubicMinimum(low, high, left, right);
    const close = Math.min(right - t, t - left) < margin;
    const push: boolean = close && (nearBorder || t >= right || t <= left);
    if (push) t = right - t < t - left ? right - margin : left + margin;
    nearBorder = close && !push;
    const found = evaluate(t);
    if (tooHigh(found) || found.value >= low.value) [low, high] = inOrder(low, found);
    else {
      if (flatEnough(found)) return found;
      if (found.slope * (high.t - low.t) >= 0) high = low;
      low = found;
    }
  }
  return low;
}

const inOrder = (a: Point, b: Point): [low: Point, high: Point] => (a.value <= b.value ? [a, b] : [b, a]);

/** Where the cubic through two values and slopes is least, held within bounds; their middle where it has no minimum. */
function cubicMinimum(a: Point, b: Point, from: number, to: number): number {
  const [left, right] = a.t <= b.t ? [a, b] : [b, a];
  const mean = a.slope + b.slope - (3 * (a.value - b.value)) / (a.t - b.t);
  const square = mean * mean - a.slope * b.slope;
  if (!(square >= 0)) return (from + to) / 2;
  const root = Math.sqrt(square);
  const t = right.t - (right.t - left.t) * ((right.slope + root - mean) / (right.slope - left.slope + 2 * root));
  return Math.min(Math.max(t, from), to);
}
