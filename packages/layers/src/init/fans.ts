import { operandsText, sizeOf, type Tensor } from "@dl/tensor";

/** Which side of a layer keeps its variance: what comes in, or the gradients that come back. */
export type FanMode = "fanIn" | "fanOut";

/** How many numbers one output adds up (`fanIn`), and how many outputs one input reaches (`fanOut`). */
export function fansOf(who: string, x: Tensor): Readonly<Record<FanMode, number>> {
  const [outputs, inputs, ...kernel] = x.shape;
  if (outputs === undefined || inputs === undefined) {
    throw new RangeError(
      `${who}: needs a weight with at least 2 dimensions, [out, in, ...kernel] ${operandsText({ x })}`,
    );
  }
  const field = sizeOf(kernel);
  return { fanIn: inputs * field, fanOut: outputs * field };
}
