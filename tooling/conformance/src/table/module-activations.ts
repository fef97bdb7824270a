import * as nn from "@dl/layers";
import type { Args } from "../args.ts";
import { type ModuleRow, moduleRow } from "./module-row.ts";

/** A module of one input. */
const simple = (signature: string, build: (a: Args) => nn.Module): ModuleRow =>
  moduleRow(`torch.nn.${signature}`, "(input)", build, (module, a) => module.forward(a.tensor()));

const along = (name: string, build: new (options: { dim: number }) => nn.Module): ModuleRow =>
  simple(`${name}(dim=None)`, (a) => new build({ dim: a.number("dim") }));

export const activationModules = [
  simple("CELU(alpha=1.0, inplace=False)", (a) => new nn.CELU(a.options({ alpha: "alpha" }))),
  simple("ELU(alpha=1.0, inplace=False)", (a) => new nn.ELU(a.options({ alpha: "alpha" }))),
  simple("GELU(approximate='none')", (a) => new nn.GELU(a.options({ approximate: "approximate" }))),
  simple("GLU(dim=-1)", (a) => new nn.GLU(a.options({ dim: "dim" }))),
  simple("Hardshrink(lambd=0.5)", (a) => new nn.Hardshrink(a.options({ lambd: "lambd" }))),
  simple("Hardsigmoid(inplace=False)", () => new nn.Hardsigmoid()),
  simple("Hardswish(inplace=False)", () => new nn.Hardswish()),
  simple(
    "Hardtanh(min_val=-1.0, max_val=1.0)",
    (a) => new nn.Hardtanh(a.options({ minVal: "min_val", maxVal: "max_val" })),
  ),
  simple(
    "LeakyReLU(negative_slope=0.01, inplace=False)",
    (a) => new nn.LeakyReLU(a.options({ negativeSlope: "negative_slope" })),
  ),
  simple("LogSigmoid()", () => new nn.LogSigmoid()),
  simple("Mish(inplace=False)", () => new nn.Mish()),
  simple(
    "PReLU(num_parameters=1, init=0.25)",
    (a) => new nn.PReLU(a.maybe<number>("num_parameters"), a.options({ init: "init" })),
  ),
  simple(
    "RReLU(lower=0.125, upper=0.3333333333333333)",
    (a) => new nn.RReLU(a.options({ lower: "lower", upper: "upper" })),
  ),
  simple("ReLU(inplace=False)", () => new nn.ReLU()),
  simple("ReLU6(inplace=False)", () => new nn.ReLU6()),
  simple("SELU(inplace=False)", () => new nn.SELU()),
  simple("SiLU(inplace=False)", () => new nn.SiLU()),
  simple("Sigmoid()", () => new nn.Sigmoid()),
  simple("Softmax2d()", () => new nn.Softmax2d()),
  simple("Softplus(beta=1, threshold=20)", (a) => new nn.Softplus(a.options({ beta: "beta", threshold: "threshold" }))),
  simple("Softshrink(lambd=0.5)", (a) => new nn.Softshrink(a.options({ lambd: "lambd" }))),
  simple("Softsign()", () => new nn.Softsign()),
  simple("Tanh()", () => new nn.Tanh()),
  simple("Tanhshrink()", () => new nn.Tanhshrink()),
  simple(
    "Threshold(threshold, value, inplace=False)",
    (a) => new nn.Threshold({ threshold: a.number("threshold"), value: a.number("value") }),
  ),
  along("LogSoftmax", nn.LogSoftmax),
  along("Softmax", nn.Softmax),
  along("Softmin", nn.Softmin),
];
