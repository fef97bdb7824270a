import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const alongEach = (
  call: (x: Parameters<OpCase["call"]>[0], options: { dim: number }) => ReturnType<OpCase["call"]>,
): OpCase[] => [
  { inputs: shaped([3, 4, 5]), call: (x) => call(x, { dim: 1 }) },
  { inputs: shaped([5, 37]), call: (x) => call(x, { dim: -1 }) },
  { inputs: shaped([3, 4]), call: (x) => call(x, { dim: 0 }) },
  { inputs: shaped([]), call: (x) => call(x, { dim: 0 }) },
];

export const softmaxes = {
  softmax: alongEach(primitives.softmax),
  logSoftmax: alongEach(primitives.logSoftmax),
  softmaxGradient: [
    { inputs: shaped([3, 4], [3, 4]), call: (g, y) => primitives.softmaxGradient(g, y, { dim: 1 }) },
    { inputs: shaped([3, 4, 2], [3, 4, 2]), call: (g, y) => primitives.softmaxGradient(g, y, { dim: 0 }) },
  ],
  logSoftmaxGradient: [
    { inputs: shaped([3, 4], [3, 4]), call: (g, y) => primitives.logSoftmaxGradient(g, y, { dim: 1 }) },
    { inputs: shaped([3, 4, 2], [3, 4, 2]), call: (g, y) => primitives.logSoftmaxGradient(g, y, { dim: 0 }) },
  ],
} satisfies Record<string, OpCase[]>;
