import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

/** Powers of 2, mixed radix, a prime that takes Bluestein's way, and 1. */
export const transforms = {
  fourier: [
    { inputs: shaped([3, 8, 2]), call: (x) => primitives.fourier(x, { dim: 1, inverse: false, scale: 1 }) },
    { inputs: shaped([3, 15, 2]), call: (x) => primitives.fourier(x, { dim: 0, inverse: true, scale: 0.5 }) },
    { inputs: shaped([37, 2]), call: (x) => primitives.fourier(x, { dim: 0, inverse: false, scale: 1 }) },
    { inputs: shaped([2, 1, 3, 2]), call: (x) => primitives.fourier(x, { dim: 1, inverse: true, scale: 1 }) },
  ],
} satisfies Record<string, OpCase[]>;
