import * as dl from "@dl/optim";
import { type OptimizerRow, optimizerRow } from "./optimizer-row.ts";

const common = { lr: "lr", weightDecay: "weight_decay", maximize: "maximize" } as const;
const adam = { ...common, betas: "betas", eps: "eps", amsgrad: "amsgrad" } as const;

export const optimizers: readonly OptimizerRow[] = [
  optimizerRow<dl.AdadeltaGroup>(
    "torch.optim.Adadelta(lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, *, maximize=False)",
    { ...common, rho: "rho", eps: "eps" },
    (params, options) => new dl.Adadelta(params, options),
  ),
  optimizerRow<dl.AdagradGroup>(
    "torch.optim.Adagrad(lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, *, maximize=False)",
    { ...common, lrDecay: "lr_decay", initialAccumulatorValue: "initial_accumulator_value", eps: "eps" },
    (params, options) => new dl.Adagrad(params, options),
  ),
  optimizerRow<dl.AdamGroup>(
    "torch.optim.Adam(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, maximize=False)",
    adam,
    (params, options) => new dl.Adam(params, options),
  ),
  optimizerRow<dl.AdamGroup>(
    "torch.optim.AdamW(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, maximize=False)",
    adam,
    (params, options) => new dl.AdamW(params, options),
  ),
  optimizerRow<dl.AdamaxGroup>(
    "torch.optim.Adamax(lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, *, maximize=False)",
    { ...common, betas: "betas", eps: "eps" },
    (params, options) => new dl.Adamax(params, options),
  ),
  optimizerRow<dl.ASGDGroup>(
    "torch.optim.ASGD(lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0, *, maximize=False)",
    { ...common, lambd: "lambd", alpha: "alpha", t0: "t0" },
    (params, options) => new dl.ASGD(params, options),
  ),
  optimizerRow<dl.LBFGSGroup>(
    "torch.optim.LBFGS(lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-07, tolerance_change=1e-09, history_size=100, line_search_fn=None)",
    {
      lr: "lr",
      maxIter: "max_iter",
      maxEval: "max_eval",
      toleranceGrad: "tolerance_grad",
      toleranceChange: "tolerance_change",
      historySize: "history_size",
      lineSearchFn: "line_search_fn",
    },
    (params, options) => new dl.LBFGS(params, options),
  ),
  optimizerRow<dl.NAdamGroup>(
    "torch.optim.NAdam(lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004)",
    { lr: "lr", betas: "betas", eps: "eps", weightDecay: "weight_decay", momentumDecay: "momentum_decay" },
    (params, options) => new dl.NAdam(params, options),
  ),
  optimizerRow<dl.RAdamGroup>(
    "torch.optim.RAdam(lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0)",
    { lr: "lr", betas: "betas", eps: "eps", weightDecay: "weight_decay" },
    (params, options) => new dl.RAdam(params, options),
  ),
  optimizerRow<dl.RMSpropGroup>(
    "torch.optim.RMSprop(lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, *, maximize=False)",
    { ...common, alpha: "alpha", eps: "eps", momentum: "momentum", centered: "centered" },
    (params, options) => new dl.RMSprop(params, options),
  ),
  optimizerRow<dl.RpropGroup>(
    "torch.optim.Rprop(lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-06, 50), *, maximize=False)",
    { lr: "lr", etas: "etas", stepSizes: "step_sizes", maximize: "maximize" },
    (params, options) => new dl.Rprop(params, options),
  ),
  optimizerRow<dl.SGDGroup>(
    "torch.optim.SGD(lr, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False)",
    { ...common, momentum: "momentum", dampening: "dampening", nesterov: "nesterov" },
    (params, options) => new dl.SGD(params, options),
  ),
];
