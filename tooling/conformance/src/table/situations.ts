import { requiresGrad_ } from "@dl/autograd";
import { Linear } from "@dl/layers";
import {
  Adam,
  clipGradNorm_,
  CosineAnnealingWarmRestarts,
  LambdaLR,
  LinearLR,
  OneCycleLR,
  ReduceLROnPlateau,
  SGD,
  type SGDOptions,
} from "@dl/optim";
import { mul, ones, type Tensor, tensor, zeros } from "@dl/tensor";
import { row } from "./row.ts";

const leaf = (): Tensor => requiresGrad_(ones([2]));

const sgd = (): SGD => new SGD([leaf()], { lr: 0.1 });

/** What the error cases describe in words instead of giving a call. */
export const situations = [
  row("clip-negative()", () => {
    const parameter = leaf();
    parameter.grad = tensor([Number.POSITIVE_INFINITY, 1]);
    return clipGradNorm_([parameter], 1, { errorIfNonfinite: true });
  }),
  row("detach-inplace-view()", () => requiresGrad_(mul(leaf(), 2), false)),
  row("grad-shape()", () => {
    leaf().grad = zeros([3]);
    return undefined;
  }),
  row("item-many()", () => tensor([1, 2]).item()),
  row("module-load-missing()", () => {
    new Linear(2, 3).loadStateDict({ weight: zeros([3, 2]) });
    return undefined;
  }),
  row("module-load-shape()", () => {
    new Linear(2, 3).loadStateDict({ weight: zeros([3, 3]), bias: zeros([3]) });
    return undefined;
  }),
  row("module-load-unexpected()", () => {
    new Linear(2, 3).loadStateDict({ weight: zeros([3, 2]), bias: zeros([3]), scale: zeros([3]) });
    return undefined;
  }),
  row("optim-duplicate()", () => {
    const parameter = leaf();
    new SGD([{ params: [parameter] }, { params: [parameter] }], { lr: 0.1 });
    return undefined;
  }),
  row("optim-empty()", () => {
    new Adam([]);
    return undefined;
  }),
  row("optim-load-mismatch()", () => {
    sgd().loadStateDict(new SGD([{ params: [leaf()] }, { params: [leaf()] }], { lr: 0.1 }).stateDict());
    return undefined;
  }),
  row("optim-missing-lr()", () => {
    new SGD([leaf()], {} as SGDOptions);
    return undefined;
  }),
  row("optim-non-leaf()", () => {
    new SGD([mul(leaf(), 2)], { lr: 0.1 });
    return undefined;
  }),
  row("sched-lambda-count()", () => {
    new LambdaLR(sgd(), { lrLambda: [() => 1, () => 1] });
    return undefined;
  }),
  row("sched-linear-factor()", () => {
    new LinearLR(sgd(), { startFactor: 1.5 });
    return undefined;
  }),
  row("sched-onecycle()", () => {
    new OneCycleLR(new SGD([leaf()], { lr: 0.1, momentum: 0.9 }), { maxLr: 1 });
    return undefined;
  }),
  row("sched-onecycle-past()", () => {
    const schedule = new OneCycleLR(new SGD([leaf()], { lr: 0.1, momentum: 0.9 }), { maxLr: 1, totalSteps: 3 });
    for (let step = 0; step < 4; step++) schedule.step();
    return undefined;
  }),
  row("sched-plateau-factor()", () => {
    new ReduceLROnPlateau(sgd(), { factor: 1 });
    return undefined;
  }),
  row("sched-plateau-mode()", () => {
    new ReduceLROnPlateau(sgd(), { mode: "wrong" as "min" });
    return undefined;
  }),
  row("sched-warm-restarts()", () => {
    new CosineAnnealingWarmRestarts(sgd(), { t0: 0 });
    return undefined;
  }),
  row("set-requires-grad-int()", () => requiresGrad_(tensor([1, 2], { dtype: "int32" }))),
];
