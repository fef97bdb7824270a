/** The gradient to descend along, `c`: turned to climb where `maximize`. For {@link turnedBy}. */
export const turnedText = "let c = turn * g";

/** What {@link turnedText} reads beside g. */
export const turnedBy = (maximize: boolean): Readonly<Record<"turn", number>> => ({ turn: maximize ? -1 : 1 });

/** The same plus `weightDecay p`. For {@link coupledBy}. */
export const coupledText: string = `${turnedText} + (decay > 0 ? decay * p : 0)`;

interface Decay {
  weightDecay?: number;
  maximize?: boolean;
}

/** What {@link coupledText} reads beside g and p. */
export const coupledBy = ({
  weightDecay = 0,
  maximize = false,
}: Decay): Readonly<Record<"turn" | "decay", number>> => ({ ...turnedBy(maximize), decay: weightDecay });

/** `m1` and `v1`, the next moving averages of `c` and of its square. For {@link averagedBy}. */
export const averageText = "let m1 = keep1 * m + take1 * c";
export const averageSquareText = "let v1 = keep2 * v + take2 * c * c";

/** What {@link averageText} and {@link averageSquareText} read beside m, v and c. */
export const averagedBy = ([keep1, keep2]: readonly [number, number]): Readonly<
  Record<"keep1" | "take1" | "keep2" | "take2", number>
> => ({ keep1, take1: 1 - keep1, keep2, take2: 1 - keep2 });

/** The names of those values, as an op takes them. */
export const coupling: readonly string[] = ["turn", "decay"];
export const averaging: readonly string[] = ["keep1", "take1", "keep2", "take2"];
