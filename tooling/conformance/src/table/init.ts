import * as init from "@dl/layers/init";
import { row } from "./row.ts";

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const kaiming = { a: "a", mode: "mode", nonlinearity: "nonlinearity" } as const;

/** PyTorch's `fan_out` and `leaky_relu` are `fanOut` and `leakyRelu`. */
function kaimingOptions(options: init.KaimingOptions): init.KaimingOptions {
  const entries = Object.entries(options).map(([key, value]) => [
    key,
    typeof value === "string" ? camel(value) : value,
  ]);
  return Object.fromEntries(entries) as init.KaimingOptions;
}

export const initializers = [
  row("torch.nn.init.calculate_gain(nonlinearity, param=None)", (a) => {
    return init.calculateGain(
      camel(a.get<string>("nonlinearity")) as init.Nonlinearity,
      a.options({ negativeSlope: "param" }),
    );
  }),
  row("torch.nn.init.constant_(tensor, val)", (a) => init.constant_(a.tensor("tensor"), a.number("val"))),
  row("torch.nn.init.dirac_(tensor, groups=1)", (a) =>
    init.dirac_(a.tensor("tensor"), a.options({ groups: "groups" })),
  ),
  row("torch.nn.init.eye_(tensor)", (a) => init.eye_(a.tensor("tensor"))),
  row("torch.nn.init.kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')", (a) =>
    init.kaimingNormal_(a.tensor("tensor"), kaimingOptions(a.options(kaiming))),
  ),
  row("torch.nn.init.kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu')", (a) =>
    init.kaimingUniform_(a.tensor("tensor"), kaimingOptions(a.options(kaiming))),
  ),
  row("torch.nn.init.normal_(tensor, mean=0.0, std=1.0)", (a) =>
    init.normal_(a.tensor("tensor"), a.options({ mean: "mean", std: "std" })),
  ),
  row("torch.nn.init.ones_(tensor)", (a) => init.ones_(a.tensor("tensor"))),
  row("torch.nn.init.orthogonal_(tensor, gain=1)", (a) =>
    init.orthogonal_(a.tensor("tensor"), a.options({ gain: "gain" })),
  ),
  row("torch.nn.init.sparse_(tensor, sparsity, std=0.01)", (a) =>
    init.sparse_(a.tensor("tensor"), a.number("sparsity"), a.options({ std: "std" })),
  ),
  row("torch.nn.init.trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0)", (a) =>
    init.truncNormal_(a.tensor("tensor"), a.options({ mean: "mean", std: "std", a: "a", b: "b" })),
  ),
  row("torch.nn.init.uniform_(tensor, a=0.0, b=1.0)", (a) =>
    init.uniform_(a.tensor("tensor"), a.options({ a: "a", b: "b" })),
  ),
  row("torch.nn.init.xavier_normal_(tensor, gain=1.0)", (a) =>
    init.xavierNormal_(a.tensor("tensor"), a.options({ gain: "gain" })),
  ),
  row("torch.nn.init.xavier_uniform_(tensor, gain=1.0)", (a) =>
    init.xavierUniform_(a.tensor("tensor"), a.options({ gain: "gain" })),
  ),
  row("torch.nn.init.zeros_(tensor)", (a) => init.zeros_(a.tensor("tensor"))),
];
