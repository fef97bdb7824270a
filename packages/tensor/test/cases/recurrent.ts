import { gruGates, lstmGates } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

export const recurrences = {
  lstmGates: [
    { inputs: shaped([3, 8], [3, 2]), call: (gates, c) => lstmGates(gates, c) },
    { inputs: shaped([1, 20], [1, 5]), call: (gates, c) => lstmGates(gates, c) },
  ],
  gruGates: [
    { inputs: shaped([3, 6], [3, 6], [3, 2]), call: (x, h, old) => gruGates(x, h, old) },
    { inputs: shaped([1, 15], [1, 15], [1, 5]), call: (x, h, old) => gruGates(x, h, old) },
  ],
} satisfies Record<string, OpCase[]>;
