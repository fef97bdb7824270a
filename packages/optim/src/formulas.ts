import { apply, type ElementwiseOp, elementwise, neg, type Tensor, update_ } from "@dl/tensor";

const averageOp: ElementwiseOp = elementwise("movingAverage", ["m", "g"], "keep * m + take * g", { keep: 0, take: 0 });
const squareOp: ElementwiseOp = elementwise("movingSquare", ["v", "g"], "keep * v + take * g * g", {
  keep: 0,
  take: 0,
});

/** `m = beta m + (1 - beta) g`, in place. */
export const averageInto = (m: Tensor, g: Tensor, beta: number): Tensor =>
  update_(m, averageOp, [m, g], { keep: beta, take: 1 - beta });

/** `v = beta v + (1 - beta) g²`, in place. */
export const averageSquareInto = (v: Tensor, g: Tensor, beta: number): Tensor =>
  update_(v, squareOp, [v, g], { keep: beta, take: 1 - beta });

const decayOp: ElementwiseOp = elementwise("weightDecay", ["g", "p"], "sign * g + decay * p", { sign: 1, decay: 0 });

interface Decay {
  weightDecay?: number;
  maximize?: boolean;
}

/** The gradient to descend along: turned to climb where `maximize`, plus `weightDecay p`. */
export function coupled(g: Tensor, p: Tensor, { weightDecay = 0, maximize = false }: Decay): Tensor {
  if (weightDecay !== 0) return apply(decayOp, [g, p], { sign: maximize ? -1 : 1, decay: weightDecay });
  return maximize ? neg(g) : g;
}
