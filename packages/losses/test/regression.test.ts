import { requiresGrad_ } from "@dl/autograd";
import { tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import {
  gaussianNllLoss,
  huberLoss,
  l1Loss,
  mapeLoss,
  mseLoss,
  msleLoss,
  poissonNllLoss,
  smoothL1Loss,
} from "../src/index.ts";

test("reductions of mseLoss", () => {
  const [x, y] = [tensor([1, 2, 3]), tensor([1, 0, 0])];
  expect(mseLoss(x, y, { reduction: "none" }).tolist()).toEqual([0, 4, 9]);
  expect(mseLoss(x, y, { reduction: "sum" }).item()).toBe(13);
  expect(mseLoss(x, y).item()).toBeCloseTo(13 / 3, 6);
  expect(mseLoss(tensor(new Float32Array(0)), tensor(new Float32Array(0))).item()).toBeNaN();
});

test("smoothL1Loss with beta 0 is l1Loss, also in its gradient at 0", () => {
  const x = requiresGrad_(tensor([0, -2]));
  smoothL1Loss(x, tensor([0, 0]), { beta: 0, reduction: "sum" }).backward();
  expect(x.grad?.tolist()).toEqual([0, -1]);
  expect(l1Loss(x, tensor([0, 0])).item()).toBe(1);
});

test("huberLoss is delta times smoothL1Loss", () => {
  const [x, y] = [tensor([0.2, -3, 9]), tensor([0, 0, 0])];
  expect(huberLoss(x, y, { delta: 2 }).item()).toBeCloseTo(2 * smoothL1Loss(x, y, { beta: 2 }).item(), 5);
});

test("mapeLoss and msleLoss keep away from 0", () => {
  expect(mapeLoss(tensor([1]), tensor([0])).item()).toBeCloseTo(1e9, -2);
  expect(mapeLoss(tensor([0]), tensor([0])).item()).toBe(0);
  expect(msleLoss(tensor([-5]), tensor([-1])).item()).toBe(0);
});

test("poissonNllLoss adds Stirling's term above 1 only", () => {
  const losses = poissonNllLoss(tensor([0, 0]), tensor([1, 10]), {
    full: true,
    reduction: "none",
  }).tolist() as number[];
  expect(losses[0]).toBe(1);
  expect(losses[1]).toBeCloseTo(1 + 10 * Math.log(10) - 10 + 0.5 * Math.log(20 * Math.PI), 4);
});

test("the gradient of gaussianNllLoss goes past eps to the variance", () => {
  const variance = requiresGrad_(tensor([0.25]));
  gaussianNllLoss(tensor([1]), tensor([3]), variance, { eps: 1 }).backward();
  expect(variance.grad?.tolist()).toEqual([-1.5]);
});
