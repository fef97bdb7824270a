import { fourier } from "@dl/tensor/primitives";
import { gradient } from "../rule.ts";

interface Fourier {
  readonly dim: number;
  readonly inverse: boolean;
  readonly scale: number;
}

/** Over pairs the transform is a real matrix; transposed it is the transform the other way round. */
export const transforms = {
  fourier: gradient<Fourier>({ x: (g, _, { attrs }) => fourier(g, { ...attrs, inverse: !attrs.inverse }) }),
};
