import {
  columnsToImage,
  gatherTaps,
  imageToColumns,
  resample,
  resampleGradient,
  scatterTaps,
  weighTaps,
} from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable } from "../rule.ts";

type Blocks = Parameters<typeof imageToColumns>[1];
interface ResampleAttrs {
  readonly lines: Parameters<typeof resample>[1];
}

export const vision = {
  imageToColumns: gradient<Blocks>({ x: (g, _, { attrs }) => columnsToImage(g, attrs) }),
  columnsToImage: gradient<Blocks>({ columns: (g, _, { attrs }) => imageToColumns(g, attrs) }),
  resample: gradient<ResampleAttrs>({ x: (g, _, { attrs }) => resampleGradient(g, attrs.lines) }),
  resampleGradient: gradient<ResampleAttrs>({ g: (g, _, { attrs }) => resample(g, attrs.lines) }),
  tapIndices: notDifferentiable,
  gatherTaps: gradient({
    x: keeping(["weights", "indices"], (g, { weights, indices }, { inputs }) =>
      scatterTaps(g, weights, indices, inputs[0]?.shape[2] ?? 0),
    ),
    weights: keeping(["x", "indices"], (g, { x, indices }) => weighTaps(g, x, indices)),
  }),
  scatterTaps: gradient({
    g: keeping(["weights", "indices"], (h, { weights, indices }) => gatherTaps(h, weights, indices)),
    weights: keeping(["g", "indices"], (h, { g, indices }) => weighTaps(g, h, indices)),
  }),
  weighTaps: gradient({
    g: keeping(["x", "indices"], (w, { x, indices }) => gatherTaps(x, w, indices)),
    x: keeping(["g", "indices"], (w, { g, indices }, { inputs }) =>
      scatterTaps(g, w, indices, inputs[1]?.shape[2] ?? 0),
    ),
  }),
};
