import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";
import { transformOf } from "./plan.ts";

export interface FourierAttrs {
  readonly dim: number;
  /** With `e^(+2πi…)`; not divided by the length. */
  readonly inverse: boolean;
  /** What the result is multiplied by. */
  readonly scale: number;
}

const op: KernelOp<FourierAttrs> = {
  kind: "kernel",
  name: "fourier",
  inputs: ["x"],
  infer: ([x], { dim }) => {
    const { shape, dtype } = x as Tensor;
    checkPairs("fourier", x as Tensor);
    if (dim < 0 || dim >= shape.length - 1)
      throw new RangeError(`fourier: dim ${dim} is not before the pairs (x ${shapeText(shape)})`);
    return { shape, dtype };
  },
  reference: ([x], output, { dim, inverse, scale }) => {
    const { shape } = x as Tensor;
    const from = elements(x as Tensor);
    const to = elements(output);
    const length = shape[dim] as number;
    if (to.length === 0) return;
    const inner = sizeOf(shape.slice(dim + 1)) / 2;
    const transform = transformOf(length);
    const [re, im] = [new Float64Array(length), new Float64Array(length)];
    for (let line = 0; line < to.length / (2 * length); line++) {
      const first = 2 * (Math.floor(line / inner) * length * inner + (line % inner));
      for (let t = 0, at = first; t < length; t++, at += 2 * inner) {
        re[t] = from[at] as number;
        im[t] = from[at + 1] as number;
      }
      if (inverse) transform(im, re);
      else transform(re, im);
      for (let t = 0, at = first; t < length; t++, at += 2 * inner) {
        to[at] = (re[t] as number) * scale;
        to[at + 1] = (im[t] as number) * scale;
      }
    }
  },
};

/** `scale · Σ x_t e^(∓2πi k t / n)` along `dim`, over pairs (real, imaginary). Shape `[..., 2]` to the same. */
export const fourier = callable((x: Tensor, attrs: FourierAttrs): Tensor => apply(op, [x], attrs), op);

/** Throws unless the last dimension holds real and imaginary parts of floats. */
export function checkPairs(who: string, x: Tensor): void {
  floatDType(who)(x.dtype);
  if (x.ndim < 1 || x.shape.at(-1) !== 2)
    throw new RangeError(
      `${who}: needs complex values as pairs [..., 2]: make them with complex(x) (x ${shapeText(x.shape)})`,
    );
}
