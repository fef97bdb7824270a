import { grad, requiresGrad_ } from "@dl/autograd";
import { logSoftmax, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { ctcLoss } from "../src/index.ts";
import { given, logs, normal } from "./samples.ts";

/** What a path spells: without repetitions, then without blanks. */
const spelled = (path: readonly number[], blank: number): number[] =>
  path.filter((label, t) => label !== blank && label !== path[t - 1]);

/** `-log` of the sum over every path of `frames` labels. */
function bySummingPaths(rows: readonly (readonly number[])[], labels: readonly number[], blank: number): number {
  const classes = rows[0]?.length ?? 0;
  let total = 0;
  for (let code = 0; code < classes ** rows.length; code++) {
    const path = rows.map((_, t) => Math.floor(code / classes ** t) % classes);
    if (spelled(path, blank).join() !== labels.join()) continue;
    total += Math.exp(path.reduce((sum, label, t) => sum + (rows[t]?.[label] as number), 0));
  }
  return -Math.log(total);
}

test.each([
  { labels: [1, 2], blank: 0 },
  { labels: [1, 1], blank: 0 },
  { labels: [2, 1, 2], blank: 0 },
  { labels: [], blank: 0 },
  { labels: [0, 0], blank: 2 },
])("the loss of $labels is that of all paths together (blank $blank)", ({ labels, blank }) => {
  const frames = logs([5, 1, 3]);
  const expected = bySummingPaths(frames.at(":", 0).tolist() as number[][], labels, blank);
  const loss = ctcLoss(frames, tensor(Int32Array.from(labels)), [5], [labels.length], { blank, reduction: "sum" });
  expect(loss.item()).toBeCloseTo(expected, 12);
});

test("reductions: mean divides by the number of labels, at least 1", () => {
  const frames = logs([6, 2, 3]);
  const targets = given([1, 2]);
  const [first, second] = ctcLoss(frames, targets, [6, 4], [2, 0], { reduction: "none" }).tolist() as [number, number];
  expect(ctcLoss(frames, targets, [6, 4], [2, 0]).item()).toBeCloseTo((first / 2 + second) / 2, 12);
  expect(ctcLoss(frames, targets, [6, 4], [2, 0], { reduction: "sum" }).item()).toBeCloseTo(first + second, 12);
});

test("too few frames are infinite, or 0 with zeroInfinity, then with gradient 0", () => {
  const x = requiresGrad_(normal([2, 1, 3]));
  const loss = (zeroInfinity: boolean) =>
    ctcLoss(logSoftmax(x, { dim: 2 }), given([[1, 1]]), [2], [2], { zeroInfinity });
  expect(loss(false).item()).toBe(Number.POSITIVE_INFINITY);
  expect(loss(true).item()).toBe(0);
  loss(true).backward();
  expect(x.grad?.abs().sum().item()).toBe(0);
  expect(ctcLoss(normal([2, 1, 3]), given([[1]]), [0], [1]).item()).toBe(Number.POSITIVE_INFINITY);
});

test("frames beyond a sequence's length have no gradient", () => {
  const x = requiresGrad_(logs([4, 1, 3]));
  ctcLoss(x, given([[1]]), [2], [1]).backward();
  expect(x.grad?.at("2:").abs().sum().item()).toBe(0);
});

test("without a batch the loss is 0-d", () => {
  const loss = ctcLoss(logs([4, 3]), given([1, 2]), given([4]), given([2]), { reduction: "none" });
  expect(loss.shape).toEqual([]);
});

test("there is no second derivative, and the error says whose", () => {
  const x = requiresGrad_(logs([4, 1, 3]));
  const [first] = grad([ctcLoss(x, given([[1]]), [4], [1])], [x], { createGraph: true });
  expect(() => first?.sum().backward()).toThrow("ctcLoss: has no second derivative");
});
