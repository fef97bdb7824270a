import * as dl from "@dl/optim";
import { row } from "./row.ts";

export const clipping = [
  row("torch.nn.utils.clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False)", (a) =>
    dl.clipGradNorm_(
      a.tensors("parameters"),
      a.number("max_norm"),
      a.options({ normType: "norm_type", errorIfNonfinite: "error_if_nonfinite" }),
    ),
  ),
  row("torch.nn.utils.clip_grad_value_(parameters, clip_value)", (a) => {
    dl.clipGradValue_(a.tensors("parameters"), a.number("clip_value"));
    return undefined;
  }),
  row("torch.nn.utils.parameters_to_vector(parameters)", (a) => dl.parametersToVector(a.tensors("parameters"))),
];
