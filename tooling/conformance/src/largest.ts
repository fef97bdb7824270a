/** A difference between a result and its reference, and that as a share of the tolerance (1: just within). */
export interface Difference {
  readonly absolute: number;
  readonly share: number;
}

/** The largest differences of one op: `forward` of results, `backward` of gradients; undefined where none are compared. */
export interface OpDifferences {
  forward?: Difference;
  backward?: Difference;
}

/** Keeps the largest differences seen, by op. Infinities and NaN, which have none, leave no mark. */
export class Largest {
  readonly #ops = new Map<string, OpDifferences>();

  /** A function to be told of each difference and what the case allows. */
  noteFor(op: string, pass: keyof OpDifferences): (difference: number, allowed: number) => void {
    return (difference, allowed) => {
      if (!Number.isFinite(difference)) return;
      const kept = this.#of(op);
      const { absolute, share } = kept[pass] ?? { absolute: 0, share: 0 };
      const own = difference === 0 ? 0 : difference / allowed;
      kept[pass] = { absolute: Math.max(absolute, difference), share: Math.max(share, own) };
    };
  }

  /** By op, in alphabetical order, to two digits. Shares are of the tolerances before `factor` multiplied them. */
  byOp(factor = 1): Record<string, OpDifferences> {
    const entries = [...this.#ops].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([op, { forward, backward }]) => [
        op,
        { ...shown("forward", forward, factor), ...shown("backward", backward, factor) },
      ]),
    );
  }

  #of(op: string): OpDifferences {
    const kept = this.#ops.get(op) ?? {};
    this.#ops.set(op, kept);
    return kept;
  }
}

const shown = (pass: keyof OpDifferences, difference: Difference | undefined, factor: number): OpDifferences =>
  difference === undefined
    ? {}
    : { [pass]: { absolute: twoDigits(difference.absolute), share: twoDigits(factor * difference.share) } };

const twoDigits = (value: number): number => Number(value.toPrecision(2));

/** The factor that the tolerances of an op would need. */
export const largestShare = ({ forward, backward }: OpDifferences): number =>
  Math.max(forward?.share ?? 0, backward?.share ?? 0);
