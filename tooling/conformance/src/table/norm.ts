import * as dl from "@dl/tensor";
import { row } from "./row.ts";

const affine = { weight: "weight", bias: "bias", eps: "eps" } as const;

export const norm = [
  row(
    "torch.nn.functional.batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05, *, case_note)",
    (a) => {
      const mean = a.maybe<dl.Tensor>("running_mean");
      const variance = a.maybe<dl.Tensor>("running_var");
      const y = dl.batchNorm(
        a.tensor(),
        mean,
        variance,
        a.options({ ...affine, training: "training", momentum: "momentum" }),
      );
      // some cases ask for the running statistics after the call
      const statistics = a.maybe<string>("case_note")?.startsWith("outputs: result, then running_mean") === true;
      return statistics && mean !== undefined && variance !== undefined ? [y, mean, variance] : y;
    },
  ),
  row("torch.nn.functional.group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)", (a) =>
    dl.groupNorm(a.tensor(), a.number("num_groups"), a.options(affine)),
  ),
  row(
    "torch.nn.functional.instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)",
    (a) =>
      dl.instanceNorm(
        a.tensor(),
        a.options({
          ...affine,
          runningMean: "running_mean",
          runningVar: "running_var",
          useInputStats: "use_input_stats",
          momentum: "momentum",
        }),
      ),
  ),
  row("torch.nn.functional.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)", (a) =>
    dl.layerNorm(a.tensor(), a.numbers("normalized_shape"), a.options(affine)),
  ),
  row("torch.nn.functional.local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)", (a) =>
    dl.localResponseNorm(a.tensor(), a.number("size"), a.options({ alpha: "alpha", beta: "beta", k: "k" })),
  ),
];
