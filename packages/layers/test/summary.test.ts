import { matmul, ones, type Tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import {
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Embedding,
  Flatten,
  Linear,
  MaxPool2d,
  Module,
  measure,
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
      "Layer               Output shape    Parameters  Multiply-adds
      ─────────────────────────────────────────────────────────────
      Sequential          [8, 10]              7,898        288,512
        0: Sequential     [8, 4, 14, 14]          48        225,792
          0: Conv2d       [8, 4, 28, 28]          40        225,792
          1: BatchNorm2d  [8, 4, 28, 28]           8              0
          2: ReLU         [8, 4, 28, 28]           0              0
          3: MaxPool2d    [8, 4, 14, 14]           0              0
        1: Flatten        [8, 784]                 0              0
        2: Dropout        [8, 784]                 0              0
        3: Linear         [8, 10]              7,850         62,720
      ─────────────────────────────────────────────────────────────
      Multiply-adds: 288,512
      Credit assignment path: 3 layers
      Parameters: 7,898, of which 7,898 are learnt"
    `);
  });

  test("shows the levels asked for, and what is frozen", () => {
    const model = net();
    (model.layers[0] as Sequential).freeze();
    expect(summary(model, [8, 1, 28, 28], { depth: 1 })).toMatchInlineSnapshot(`
      "Layer            Output shape    Parameters  Multiply-adds
      ──────────────────────────────────────────────────────────
      Sequential       [8, 10]              7,898        288,512
        0: Sequential  [8, 4, 14, 14]          48        225,792
        1: Flatten     [8, 784]                 0              0
        2: Dropout     [8, 784]                 0              0
        3: Linear      [8, 10]              7,850         62,720
      ──────────────────────────────────────────────────────────
      Multiply-adds: 288,512
      Credit assignment path: 3 layers
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
      "Layer            Output shape          Parameters  Multiply-adds
      ────────────────────────────────────────────────────────────────
      Two              [4, 1] [4, 2] [4, 1]           7              8
        used: Linear   [4, 1]                         3              8
        spare: Linear                                 4              0
      ────────────────────────────────────────────────────────────────
      Multiply-adds: 8
      Credit assignment path: 1 layer
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

describe("measure", () => {
  test("takes the longest path through layers with parameters", () => {
    class Residual extends Module {
      readonly long = new Sequential(new Linear(4, 4), new ReLU(), new Linear(4, 4), new ReLU(), new Linear(4, 4));
      readonly short = new Linear(4, 4);
      readonly last = new Linear(4, 4);
      override forward(x: Tensor): Tensor {
        return this.last.forward(this.long.forward(x).add(this.short.forward(x)).relu());
      }
    }
    const report = measure(new Residual(), [2, 4]);
    expect(report.depth).toBe(4);
    expect(report.multiplyAdds).toBe(5 * 2 * 4 * 4);
    expect(report.layers.get("long")?.multiplyAdds).toBe(3 * 2 * 4 * 4);
    expect(report.layers.get("long.0")?.outputShapes).toEqual([[2, 4]]);
    expect(measure(new ReLU(), [3])).toMatchObject({ depth: 0, multiplyAdds: 0, parameters: 0, learnt: 0 });
  });

  test("counts a layer that is used again each time", () => {
    class Twice extends Module {
      readonly layer = new Linear(3, 3, { bias: false });
      override forward(x: Tensor): Tensor {
        return this.layer.forward(this.layer.forward(x));
      }
    }
    expect(measure(new Twice(), [2, 3])).toMatchObject({ depth: 2, multiplyAdds: 36, parameters: 9 });
  });

  test("counts products of activations and transposed convolutions", () => {
    class Attention extends Module {
      override forward(x: Tensor): Tensor {
        return matmul(matmul(x, x.transpose(0, 1)).softmax({ dim: 1 }), x);
      }
    }
    expect(measure(new Attention(), [5, 3]).multiplyAdds).toBe(2 * 5 * 5 * 3);
    const grow = new ConvTranspose2d(2, 3, 2, { stride: 2 });
    expect(measure(grow, [1, 2, 4, 4]).multiplyAdds).toBe(2 * 4 * 4 * 3 * 2 * 2);
    const groups = new Conv2d(4, 6, 3, { groups: 2 });
    expect(measure(groups, [1, 4, 5, 5]).multiplyAdds).toBe(6 * 3 * 3 * 2 * 3 * 3);
  });

  test("leaves tapes as they were", () => {
    const layer = new Linear(3, 2);
    const input = ones([1, 3]);
    measure(layer, [input]);
    expect(input.tracer).toBe(undefined);
    layer.forward(input).sum().backward();
    expect(layer.weight.grad?.shape).toEqual([2, 3]);
  });
});
