import { ones, type Tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import {
  BatchNorm2d,
  Conv2d,
  Dropout,
  Embedding,
  Flatten,
  Linear,
  MaxPool2d,
  Module,
  ReLU,
  Sequential,
  summary,
} from "../src/index.ts";

const net = (): Sequential =>
  new Sequential(
    new Sequential(new Conv2d(1, 4, 3, { padding: 1 }), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2)),
    new Flatten(),
    new Dropout(),
    new Linear(784, 10),
  );

describe("summary", () => {
  test("tables layers, shapes and parameters", () => {
    expect(summary(net(), [8, 1, 28, 28])).toMatchInlineSnapshot(`
      "Layer               Output shape    Parameters
      ──────────────────────────────────────────────
      Sequential          [8, 10]              7,898
        0: Sequential     [8, 4, 14, 14]          48
          0: Conv2d       [8, 4, 28, 28]          40
          1: BatchNorm2d  [8, 4, 28, 28]           8
          2: ReLU         [8, 4, 28, 28]           0
          3: MaxPool2d    [8, 4, 14, 14]           0
        1: Flatten        [8, 784]                 0
        2: Dropout        [8, 784]                 0
        3: Linear         [8, 10]              7,850
      ──────────────────────────────────────────────
      Parameters: 7,898, of which 7,898 are learnt"
    `);
  });

  test("shows the levels asked for, and what is frozen", () => {
    const model = net();
    (model.layers[0] as Sequential).freeze();
    expect(summary(model, [8, 1, 28, 28], { depth: 1 })).toMatchInlineSnapshot(`
      "Layer            Output shape    Parameters
      ───────────────────────────────────────────
      Sequential       [8, 10]              7,898
        0: Sequential  [8, 4, 14, 14]          48
        1: Flatten     [8, 784]                 0
        2: Dropout     [8, 784]                 0
        3: Linear      [8, 10]              7,850
      ───────────────────────────────────────────
      Parameters: 7,898, of which 7,850 are learnt"
    `);
  });

  test("leaves the model as it was", () => {
    const model = net();
    const [first] = model.layers;
    first?.eval();
    const before = JSON.stringify(Object.entries(model.stateDict()).map(([key, value]) => [key, value.tolist()]));
    summary(model, [2, 1, 28, 28]);
    expect(JSON.stringify(Object.entries(model.stateDict()).map(([key, value]) => [key, value.tolist()]))).toBe(before);
    expect(model.training).toBe(true);
    expect(first?.training).toBe(false);
    expect(Object.hasOwn(model, "forward")).toBe(false);
  });

  test("takes indices, several inputs and results, and modules that are not reached", () => {
    class Two extends Module<[x: Tensor, y: Tensor], { sum: Tensor; rest: readonly Tensor[] }> {
      readonly used = new Linear(2, 1);
      readonly spare = new Linear(3, 1);
      override forward(x: Tensor, y: Tensor) {
        return { sum: this.used.forward(x).add(y), rest: [x, y] };
      }
    }
    expect(summary(new Two(), [ones([4, 2]), ones([4, 1])])).toMatchInlineSnapshot(`
      "Layer            Output shape          Parameters
      ─────────────────────────────────────────────────
      Two              [4, 1] [4, 2] [4, 1]           7
        used: Linear   [4, 1]                         3
        spare: Linear                                 4
      ─────────────────────────────────────────────────
      Parameters: 7, of which 7 are learnt"
    `);
    expect(summary(new Embedding(10, 3), [5], { dtype: "int32" })).toContain("[5, 3]");
  });

  test("puts things back when the model throws", () => {
    const model = net();
    expect(() => summary(model, [8, 2, 28, 28])).toThrow("Conv2d(1, 4, 3, padding=1): x must be");
    expect(model.modules().every((module) => module.training && !Object.hasOwn(module, "forward"))).toBe(true);
  });
});
