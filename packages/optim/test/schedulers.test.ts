import { tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import {
  Adam,
  ChainedScheduler,
  ConstantLR,
  CosineAnnealingLR,
  CosineAnnealingWarmRestarts,
  CyclicLR,
  ExponentialLR,
  LambdaLR,
  LinearLR,
  MultiplicativeLR,
  OneCycleLR,
  ReduceLROnPlateau,
  RMSprop,
  Rprop,
  SequentialLR,
  SGD,
  StepLR,
} from "../src/index.ts";

const sgd = (lr = 1): SGD => new SGD([tensor([0])], { lr, momentum: 0.9 });
const rateOf = (optimizer: { paramGroups: readonly { lr: number }[] }): number =>
  optimizer.paramGroups[0]?.lr as number;

/** The rate before each of `steps` steps. */
function ratesOf(optimizer: SGD, scheduler: { step(): void }, steps: number): number[] {
  return Array.from({ length: steps }, () => {
    const rate = rateOf(optimizer);
    scheduler.step();
    return rate;
  });
}

it("LambdaLR and MultiplicativeLR take one function or one for each group", () => {
  const optimizer = new SGD([{ params: [tensor([0])] }, { params: [tensor([0])], lr: 2 }], { lr: 1 });
  const scheduler = new LambdaLR(optimizer, { lrLambda: [(t) => 1 / (1 + t), () => 3] });
  scheduler.step();
  expect(scheduler.lastLr).toEqual([0.5, 6]);
  expect(() => new LambdaLR(optimizer, { lrLambda: [() => 1] })).toThrow(
    "LambdaLR: lrLambda needs one function for each of 2 groups, got 1",
  );
  const one = sgd();
  expect(ratesOf(one, new MultiplicativeLR(one, { lrLambda: (t) => t }), 4)).toEqual([1, 1, 2, 6]);
});

it("SequentialLR hands over at its milestones", () => {
  const optimizer = sgd();
  const schedulers = [
    new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 }),
    new StepLR(optimizer, { stepSize: 1, gamma: 0.5 }),
  ];
  expect(ratesOf(optimizer, new SequentialLR(optimizer, { schedulers, milestones: [3] }), 6)).toEqual([
    0.5, 0.75, 1, 1, 0.5, 0.25,
  ]);
});

it("ChainedScheduler applies all", () => {
  const optimizer = sgd();
  const schedulers = [
    new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 }),
    new ExponentialLR(optimizer, { gamma: 0.5 }),
  ];
  expect(ratesOf(optimizer, new ChainedScheduler(schedulers), 4)).toEqual([0.5, 0.25, 0.25, 0.125]);
});

it("ReduceLROnPlateau waits, cools down and stops at the lowest rate", () => {
  const optimizer = sgd();
  const scheduler = new ReduceLROnPlateau(optimizer, {
    mode: "max",
    thresholdMode: "abs",
    threshold: 0.5,
    patience: 1,
    cooldown: 1,
    factor: 0.1,
    minLr: 0.05,
  });
  const rates = [1, 1.4, 1.5, 1.6, 1, 1, 1, 1, 1].map((metric) => {
    scheduler.step(metric);
    return rateOf(optimizer);
  });
  expect(rates).toEqual([1, 1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]);
});

it("CosineAnnealingWarmRestarts goes to any step", () => {
  const optimizer = sgd();
  const scheduler = new CosineAnnealingWarmRestarts(optimizer, { t0: 2, tMult: 2 });
  scheduler.step(7);
  expect([scheduler.tI, scheduler.tCur, scheduler.lastEpoch]).toEqual([8, 1, 7]);
  scheduler.step(0.5);
  expect(rateOf(optimizer)).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
});

it.each([
  [
    "OneCycleLR",
    (optimizer: SGD) => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 12, pctStart: 0.5, threePhase: true }),
    (optimizer: SGD) => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 6 }),
  ],
  [
    "CyclicLR",
    (optimizer: SGD) =>
      new CyclicLR(optimizer, { baseLr: 0.1, maxLr: 1, stepSizeUp: 2, mode: "exp_range", gamma: 0.9 }),
    (optimizer: SGD) => new CyclicLR(optimizer, { baseLr: 0.1, maxLr: 1, stepSizeUp: 9 }),
  ],
])("%s goes on along its own curve, whatever it was made with", (_, make, makeOther) => {
  const [first, second] = [sgd(), sgd()];
  const [straight, resumed] = [make(first), makeOther(second)];
  for (let i = 0; i < 4; i++) straight.step();
  second.loadStateDict(first.stateDict());
  resumed.loadStateDict(straight.stateDict());
  for (let i = 0; i < 5; i++) {
    straight.step();
    resumed.step();
    expect(second.paramGroups[0]?.lr).toBe(first.paramGroups[0]?.lr);
  }
});

it("refuses the state of other groups or of another schedule", () => {
  const two = new SGD([{ params: [tensor([0])] }, { params: [tensor([1])] }], { lr: 1 });
  const scheduler = new StepLR(two, { stepSize: 1 });
  const other = new StepLR(sgd(), { stepSize: 1 });
  other.step();
  expect(() => scheduler.loadStateDict(other.stateDict())).toThrow(
    "StepLR: baseLrs of the state dict must be 2, one for each group, got 1",
  );
  expect(scheduler.lastEpoch).toBe(0);
  const chained = new ChainedScheduler([scheduler]);
  expect(() => chained.loadStateDict(other.stateDict() as never)).toThrow(
    "ChainedScheduler: the state dict has no _schedulers: it is that of another schedule",
  );
});

it("OneCycleLR and CyclicLR move the first beta where there is no momentum", () => {
  const adam = new Adam([tensor([0])]);
  const scheduler = new OneCycleLR(adam, { maxLr: 1, totalSteps: 10 });
  expect(adam.paramGroups[0]?.betas).toEqual([0.95, 0.999]);
  scheduler.step();
  scheduler.step();
  expect(adam.paramGroups[0]?.betas[0]).toBeCloseTo(0.85, 12);
});

it.each([
  ["StepLR", (optimizer: SGD) => new StepLR(optimizer, { stepSize: 2, gamma: 0.5 })],
  ["CosineAnnealingWarmRestarts", (optimizer: SGD) => new CosineAnnealingWarmRestarts(optimizer, { t0: 2, tMult: 2 })],
  ["OneCycleLR", (optimizer: SGD) => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 20 })],
  ["CyclicLR", (optimizer: SGD) => new CyclicLR(optimizer, { baseLr: 0.1, maxLr: 1, stepSizeUp: 3 })],
  [
    "SequentialLR",
    (optimizer: SGD) =>
      new SequentialLR(optimizer, {
        schedulers: [new LinearLR(optimizer), new ExponentialLR(optimizer, { gamma: 0.5 })],
        milestones: [4],
      }),
  ],
  [
    "ChainedScheduler",
    (optimizer: SGD) => new ChainedScheduler([new LinearLR(optimizer), new CosineAnnealingLR(optimizer, { tMax: 9 })]),
  ],
])("%s goes on from its state dict", (_, build) => {
  const straight = sgd();
  const scheduler = build(straight);
  ratesOf(straight, scheduler, 5);
  const [state, optimizerState] = [structuredClone(scheduler.stateDict()), straight.stateDict()];
  const resumed = sgd(0.3);
  const second = build(resumed);
  resumed.loadStateDict(optimizerState);
  second.loadStateDict(state as never);
  expect(ratesOf(resumed, second, 6)).toEqual(ratesOf(straight, scheduler, 6));
});

it("state dicts have PyTorch's keys", () => {
  const scheduler = new CosineAnnealingLR(sgd(), { tMax: 4 });
  scheduler.step();
  expect(scheduler.stateDict()).toMatchObject({
    T_max: 4,
    eta_min: 0,
    base_lrs: [1],
    last_epoch: 1,
    _last_lr: scheduler.lastLr,
  });
});

describe("bad input", () => {
  const optimizer = sgd();
  const other = new StepLR(sgd(), { stepSize: 1 });
  it.each<[() => unknown, string]>([
    [() => new StepLR(optimizer, { stepSize: 0 }), "StepLR: stepSize must be a whole number from 1 on, got 0"],
    [() => new LinearLR(optimizer, { startFactor: 0 }), "LinearLR: startFactor must lie in (0, 1], got 0"],
    [() => new ConstantLR(optimizer, { factor: 2 }), "ConstantLR: factor must lie in (0, 1], got 2"],
    [
      () => new CosineAnnealingWarmRestarts(optimizer, { t0: 1.5 }),
      "CosineAnnealingWarmRestarts: t0 must be a whole number from 1 on, got 1.5",
    ],
    [
      () => new CyclicLR(optimizer, { baseLr: 0, maxLr: [1, 2] }),
      "CyclicLR: maxLr needs one value for each of 1 groups, got 2",
    ],
    [
      () => new CyclicLR(new Rprop([tensor([0])]), { baseLr: 0, maxLr: 1 }),
      "CyclicLR: cycleMomentum needs an optimizer with momentum or betas, got groups of lr, etas, stepSizes, maximize, params",
    ],
    [
      () => new OneCycleLR(optimizer, { maxLr: 1 }),
      "OneCycleLR: needs totalSteps, or epochs and stepsPerEpoch, got epochs undefined and stepsPerEpoch undefined",
    ],
    [() => new ReduceLROnPlateau(optimizer, { factor: 1 }), "ReduceLROnPlateau: factor must be below 1, got 1"],
    [
      () => new SequentialLR(optimizer, { schedulers: [other], milestones: [] }),
      "SequentialLR: all schedulers must belong to one optimizer: scheduler 0 of 1 has another",
    ],
    [() => new ChainedScheduler([]), "ChainedScheduler: needs at least one scheduler, got an empty list"],
    [() => new LinearLR(optimizer, { endFactor: 2 }), "LinearLR: endFactor must lie in [0, 1], got 2"],
    [
      () => new CyclicLR(optimizer, { baseLr: 0, maxLr: 1, stepSizeUp: 0 }),
      "CyclicLR: stepSizeUp and stepSizeDown must be above 0, got 0 and 0",
    ],
    [
      () => new CyclicLR(optimizer, { baseLr: 0, maxLr: 1, mode: "square" as "triangular" }),
      'CyclicLR: mode must be "triangular", "triangular2" or "exp_range", got "square"',
    ],
    [
      () => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 3, pctStart: 2 }),
      "OneCycleLR: pctStart must lie in [0, 1], got 2",
    ],
    [
      () => new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 3, annealStrategy: "step" as "cos" }),
      'OneCycleLR: annealStrategy must be "cos" or "linear", got "step"',
    ],
    [
      () => new ReduceLROnPlateau(optimizer, { mode: "low" as "min" }),
      'ReduceLROnPlateau: mode must be "min" or "max", got "low"',
    ],
    [
      () => new ReduceLROnPlateau(optimizer, { thresholdMode: "share" as "rel" }),
      'ReduceLROnPlateau: thresholdMode must be "rel" or "abs", got "share"',
    ],
    [
      () => new CosineAnnealingWarmRestarts(optimizer, { t0: 2 }).step(-1),
      "CosineAnnealingWarmRestarts: the step must be a number from 0 on, got -1",
    ],
    [
      () => new SequentialLR(other.optimizer, { schedulers: [other], milestones: [3] }),
      "SequentialLR: 1 schedulers need 0 milestones, got 1",
    ],
  ])("%s", (build, message) => {
    expect(build).toThrow(message);
  });

  it("ReduceLROnPlateau takes numbers, not tensors", () => {
    const plateau = new ReduceLROnPlateau(optimizer);
    expect(() => plateau.step(tensor(1) as never)).toThrow(
      "ReduceLROnPlateau: the metric must be a number, got object: pass loss.item()",
    );
    expect(plateau.lastEpoch).toBe(0);
  });

  it("OneCycleLR ends with its cycle", () => {
    const scheduler = new OneCycleLR(new RMSprop([tensor([0])]), { maxLr: 1, totalSteps: 2, pctStart: 1 });
    scheduler.step();
    scheduler.step();
    expect(() => scheduler.step()).toThrow("OneCycleLR: step 3 is beyond the cycle of 2 steps");
  });
});
