import { Conv2d, Dropout, Flatten, Linear, LSTM, Module, ReLU, Sequential, Sigmoid, Tanh } from "@dl/layers";
import { fill_, ones, type Tensor, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { type ActivationReport, inspectActivations } from "../../src/index.ts";

async function inspected(layer: Module, x: Tensor): Promise<ActivationReport> {
  const [report] = await inspectActivations(new Sequential(layer), x);
  return report as ActivationReport;
}

test("relu: the share of zeros, units that are never above 0, the share with a slope", async () => {
  const report = await inspected(
    new ReLU(),
    tensor([
      [1, -1, -2],
      [3, -1, 4],
    ]),
  );
  // outputs 1, 0, 0, 3, 0, 4: the second unit is dead
  const mean = 8 / 6;
  const squares = (1 - mean) ** 2 + (3 - mean) ** 2 + (4 - mean) ** 2 + 3 * mean ** 2;
  expect(report.name).toBe("0");
  expect(report.mean).toBeCloseTo(mean, 6);
  expect(report.std).toBeCloseTo(Math.sqrt(squares / 5), 6);
  expect(report).toMatchObject({ zeros: 0.5, saturated: 0, slope: 0.5 });
  expect(report.dead).toBeCloseTo(1 / 3, 6);
});

test("tanh: saturated beyond .99, the slope is 1 − a²", async () => {
  const report = await inspected(
    new Tanh(),
    tensor([
      [0, 3],
      [-3, 0.5],
    ]),
  );
  const slope = (1 + 2 * (1 - Math.tanh(3) ** 2) + 1 - Math.tanh(0.5) ** 2) / 4;
  expect(report).toMatchObject({ saturated: 0.5, zeros: 0.25, dead: 0 });
  expect(report.slope).toBeCloseTo(slope, 6);
});

test("sigmoid: saturated below .01 and above .99, the slope is 4a(1 − a)", async () => {
  const report = await inspected(new Sigmoid(), tensor([[0], [10], [-10], [1]]));
  const a = 1 / (1 + Math.exp(-1));
  const flat = 1 / (1 + Math.exp(-10));
  expect(report.saturated).toBe(0.5);
  expect(report.slope).toBeCloseTo((1 + 8 * flat * (1 - flat) + 4 * a * (1 - a)) / 4, 6);
});

test("other layers have slope 1; the units of a convolution are its channels", async () => {
  const conv = new Conv2d(1, 2, 1);
  fill_(conv.weight.detach(), 0);
  conv.bias?.detach().copy_(tensor([0, 2]));
  const report = await inspected(conv, ones([3, 1, 2, 2]));
  expect(report).toMatchObject({ mean: 1, zeros: 0.5, dead: 0.5, saturated: 0, slope: 1 });
});

test("an output without units is one unit", async () => {
  const flat = new Flatten({ startDim: 0 });
  expect(await inspected(flat, tensor([[0], [1]]))).toMatchObject({ zeros: 0.5, dead: 0 });
});

/** A recurrent layer between others. */
class Mixed extends Module {
  readonly lstm = new LSTM(2, 3);
  readonly dropout = new Dropout();
  readonly linear = new Linear(3, 1);
  override forward(x: Tensor): Tensor {
    return this.linear.forward(this.dropout.forward(this.lstm.forward(x).output));
  }
}

test("layers that give no single tensor are left out; modes and hooks are as before", async () => {
  const model = new Mixed();
  model.linear.eval();
  const reports = await inspectActivations(model, ones([4, 1, 2]));
  expect(reports.map(({ name }) => name)).toEqual(["dropout", "linear"]);
  // in evaluation mode nothing is dropped
  expect(reports[0]?.zeros).toBe(0);
  expect(model.modules().map(({ training }) => training)).toEqual([true, true, true, false]);
  expect(model.modules().some((module) => Object.hasOwn(module, "forward"))).toBe(false);
});
