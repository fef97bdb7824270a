import { requiresGrad_ } from "@dl/autograd";
import { Linear } from "@dl/layers";
import {
  Adam,
  CosineAnnealingWarmRestarts,
  clipGradNorm_,
  LambdaLR,
  LinearLR,
  OneCycleLR,
  ReduceLROnPlateau,
  SGD,
  type SGDOptions,
} from "@dl/optim";
import { eq, mul, ones, type Tensor, tensor, zeros } from "@dl/tensor";
import { type Row, row } from "./row.ts";

const situation = (name: string, happen: () => unknown): Row =>
  row(`${name}()`, () => {
    happen();
    return undefined;
  });

const leaf = (): Tensor => requiresGrad_(ones([2]));

const sgd = (): SGD => new SGD([leaf()], { lr: 0.1, momentum: 0.9 });

/** What the error cases describe in words instead of giving a call. */
export const situations = [
  situation("bool-many", () => eq(tensor([1, 2]), 1).item()),
  situation("clip-negative", () => {
    const parameter = leaf();
    parameter.grad = tensor([Number.POSITIVE_INFINITY, 1]);
    clipGradNorm_([parameter], 1, { errorIfNonfinite: true });
  }),
  situation("detach-inplace-view", () => requiresGrad_(mul(leaf(), 2), false)),
  situation("grad-shape", () => {
    leaf().grad = zeros([3]);
  }),
  situation("item-many", () => tensor([1, 2]).item()),
  situation("module-load-missing", () => new Linear(2, 3).loadStateDict({ weight: zeros([3, 2]) })),
  situation("module-load-shape", () => new Linear(2, 3).loadStateDict({ weight: zeros([3, 3]), bias: zeros([3]) })),
  situation("module-load-unexpected", () => {
    const state = { weight: zeros([3, 2]), bias: zeros([3]), scale: zeros([3]) };
    new Linear(2, 3).loadStateDict(state);
  }),
  situation("numpy-grad", () => leaf().toArray()),
  situation("optim-duplicate", () => {
    const parameter = leaf();
    return new SGD([{ params: [parameter] }, { params: [parameter] }], { lr: 0.1 });
  }),
  situation("optim-empty", () => new Adam([])),
  situation("optim-load-mismatch", () => {
    const two = new SGD([{ params: [leaf()] }, { params: [leaf()] }], { lr: 0.1 });
    sgd().loadStateDict(two.stateDict());
  }),
  situation("optim-missing-lr", () => new SGD([leaf()], {} as SGDOptions)),
  situation("optim-non-leaf", () => new SGD([mul(leaf(), 2)], { lr: 0.1 })),
  situation("sched-lambda-count", () => new LambdaLR(sgd(), { lrLambda: [() => 1, () => 1] })),
  situation("sched-linear-factor", () => new LinearLR(sgd(), { startFactor: 1.5 })),
  situation("sched-onecycle", () => new OneCycleLR(sgd(), { maxLr: 1 })),
  situation("sched-onecycle-past", () => {
    const schedule = new OneCycleLR(sgd(), { maxLr: 1, totalSteps: 3 });
    for (let step = 0; step < 4; step++) schedule.step();
  }),
  situation("sched-plateau-factor", () => new ReduceLROnPlateau(sgd(), { factor: 1 })),
  situation("sched-plateau-mode", () => new ReduceLROnPlateau(sgd(), { mode: "wrong" as "min" })),
  situation("sched-warm-restarts", () => new CosineAnnealingWarmRestarts(sgd(), { t0: 0 })),
  situation("set-requires-grad-int", () => requiresGrad_(tensor([1, 2], { dtype: "int32" }))),
];
