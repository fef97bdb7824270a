import * as nn from "@dl/layers";
import type { PerDim, Shape, Tensor } from "@dl/tensor";
import { type ModuleRow, moduleRow } from "./module-row.ts";

interface Unpool {
  forward(x: Tensor, indices: Tensor, options?: nn.UnpoolOptions): Tensor;
}

type UnpoolClass = new (kernelSize: PerDim, options?: nn.MaxUnpoolLayerOptions) => Unpool;

const unpool = (name: string, Layer: UnpoolClass): ModuleRow =>
  moduleRow(
    `torch.nn.${name}(kernel_size, stride=None, padding=0)`,
    "(input, indices, output_size=None)",
    (a) => new Layer(a.get<PerDim>("kernel_size"), a.options({ stride: "stride", padding: "padding" })),
    (module, a) => module.forward(a.tensor(), a.tensor("indices"), { outputSize: a.maybe<Shape>("output_size") }),
  );

/** Modules whose functions the data knows, but not the modules. */
export const moreModules: readonly ModuleRow[] = [
  moduleRow(
    "torch.nn.AdaptiveLogSoftmaxWithLoss(in_features, n_classes, cutoffs, div_value=4.0, head_bias=False)",
    "(input, target)",
    (a) =>
      new nn.AdaptiveLogSoftmaxWithLoss(
        a.number("in_features"),
        a.number("n_classes"),
        a.numbers("cutoffs"),
        a.options({ divValue: "div_value", headBias: "head_bias" }),
      ),
    (softmax, a) => {
      const { output, loss } = softmax.forward(a.tensor(), a.tensor("target"));
      return [output, loss];
    },
  ),
  unpool("MaxUnpool1d", nn.MaxUnpool1d),
  unpool("MaxUnpool2d", nn.MaxUnpool2d),
  unpool("MaxUnpool3d", nn.MaxUnpool3d),
];
