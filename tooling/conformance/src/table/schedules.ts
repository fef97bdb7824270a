import * as dl from "@dl/optim";
import type { Args } from "../args.ts";
import { expression } from "../expression.ts";
import { type ScheduleRow, scheduleRow } from "./schedule-row.ts";

/** A function given as an expression in `epoch`, or one for each group. */
function factor(a: Args): (epoch: number) => number {
  return expression(a.get<string>("lr_lambda"));
}

const momentum = {
  cycleMomentum: "cycle_momentum",
  baseMomentum: "base_momentum",
  maxMomentum: "max_momentum",
} as const;

export const schedules: readonly ScheduleRow[] = [
  scheduleRow(
    "torch.optim.lr_scheduler.ChainedScheduler(schedulers)",
    (_, __, parts) => new dl.ChainedScheduler(parts("schedulers")),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.ConstantLR(factor=0.333, total_iters=5)",
    (optimizer, a) => new dl.ConstantLR(optimizer, a.options({ factor: "factor", totalIters: "total_iters" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.CosineAnnealingLR(T_max, eta_min=0)",
    (optimizer, a) => new dl.CosineAnnealingLR(optimizer, a.options({ tMax: "T_max", etaMin: "eta_min" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(T_0, T_mult=1, eta_min=0)",
    (optimizer, a) =>
      new dl.CosineAnnealingWarmRestarts(optimizer, a.options({ t0: "T_0", tMult: "T_mult", etaMin: "eta_min" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.CyclicLR(base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', gamma=1.0, scale_fn=None, scale_mode='cycle', cycle_momentum=True, base_momentum=0.8, max_momentum=0.9)",
    (optimizer, a) =>
      new dl.CyclicLR(
        optimizer,
        a.options({
          ...momentum,
          baseLr: "base_lr",
          maxLr: "max_lr",
          stepSizeUp: "step_size_up",
          stepSizeDown: "step_size_down",
          mode: "mode",
          gamma: "gamma",
        }),
      ),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.ExponentialLR(gamma)",
    (optimizer, a) => new dl.ExponentialLR(optimizer, a.options({ gamma: "gamma" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.LambdaLR(lr_lambda)",
    (optimizer, a) => new dl.LambdaLR(optimizer, { lrLambda: factor(a) }),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.LinearLR(start_factor=0.333, end_factor=1.0, total_iters=5)",
    (optimizer, a) =>
      new dl.LinearLR(
        optimizer,
        a.options({ startFactor: "start_factor", endFactor: "end_factor", totalIters: "total_iters" }),
      ),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.MultiStepLR(milestones, gamma=0.1)",
    (optimizer, a) => new dl.MultiStepLR(optimizer, a.options({ milestones: "milestones", gamma: "gamma" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.MultiplicativeLR(lr_lambda)",
    (optimizer, a) => new dl.MultiplicativeLR(optimizer, { lrLambda: factor(a) }),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.OneCycleLR(max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=False)",
    (optimizer, a) =>
      new dl.OneCycleLR(
        optimizer,
        a.options({
          ...momentum,
          maxLr: "max_lr",
          totalSteps: "total_steps",
          epochs: "epochs",
          stepsPerEpoch: "steps_per_epoch",
          pctStart: "pct_start",
          annealStrategy: "anneal_strategy",
          divFactor: "div_factor",
          finalDivFactor: "final_div_factor",
          threePhase: "three_phase",
        }),
      ),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.PolynomialLR(total_iters=5, power=1.0)",
    (optimizer, a) => new dl.PolynomialLR(optimizer, a.options({ totalIters: "total_iters", power: "power" })),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.ReduceLROnPlateau(mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel', cooldown=0, min_lr=0, eps=1e-08)",
    (optimizer, a) =>
      new dl.ReduceLROnPlateau(
        optimizer,
        a.options({
          mode: "mode",
          factor: "factor",
          patience: "patience",
          threshold: "threshold",
          thresholdMode: "threshold_mode",
          cooldown: "cooldown",
          minLr: "min_lr",
          eps: "eps",
        }),
      ),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.SequentialLR(schedulers, milestones)",
    (optimizer, a, parts) =>
      new dl.SequentialLR(optimizer, { schedulers: parts("schedulers"), milestones: a.numbers("milestones") }),
  ),
  scheduleRow(
    "torch.optim.lr_scheduler.StepLR(step_size, gamma=0.1)",
    (optimizer, a) => new dl.StepLR(optimizer, a.options({ stepSize: "step_size", gamma: "gamma" })),
  ),
];
