import * as dl from "@dl/tensor";
import { row } from "./row.ts";

export const matmul = [
  row("torch.matmul(input, other, *, pre=None)", (a) =>
    // the one case with `pre` transposes both operands first
    a.has("pre")
      ? dl.matmul(dl.transpose(a.tensor(), -1, -2), dl.transpose(a.tensor("other"), -1, -2))
      : dl.matmul(a.tensor(), a.tensor("other")),
  ),
];
