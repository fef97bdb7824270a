import { Linear, LSTM, Module, ReLU, Sequential } from "@dl/layers";
import { SGD } from "@dl/optim";
import { fill_, ones, type Tensor, zeros } from "@dl/tensor";
import { expect, test } from "vitest";
import { firstNonFinite, fit, stopWhenNotFinite } from "../../src/index.ts";

class Root extends Module {
  override forward(x: Tensor): Tensor {
    return x.sqrt();
  }
}

/** A linear layer that gives `value` everywhere, a relu, a root. */
function model(value = 0): Sequential {
  const linear = new Linear(2, 2);
  const [weight, bias] = linear.parameters().map((p) => p.detach()) as [Tensor, Tensor];
  fill_(weight, 0);
  fill_(bias, value);
  return new Sequential(linear, new ReLU(), new Root());
}

const x = ones([1, 2]);

test("names the first module whose output is not finite", () => {
  const net = model(Number.POSITIVE_INFINITY);
  expect(firstNonFinite(net, () => net.forward(x).sum())).toEqual({
    pass: "forward",
    op: "AddmmBackward0",
    module: "0",
  });
});

test("or the loss itself, outside of modules", () => {
  const net = model();
  expect(firstNonFinite(net, () => net.forward(x).sum().log())).toEqual({ pass: "forward", op: "LogBackward0" });
});

test("or the op of the backward pass that hands on the first bad gradient", () => {
  const net = model();
  expect(firstNonFinite(net, () => net.forward(x).sum())).toEqual({ pass: "backward", op: "sqrt" });
});

test("finds nothing where all is finite, fills no gradients and leaves no hooks", () => {
  const net = new Sequential(new Linear(2, 2), new ReLU());
  expect(firstNonFinite(net, () => net.forward(x).sum())).toBeUndefined();
  expect(net.parameters().every(({ grad }) => grad === undefined)).toBe(true);
  expect(net.modules().some((module) => Object.hasOwn(module, "forward"))).toBe(false);
  const failing = (): never => {
    throw new Error("no loss");
  };
  expect(() => firstNonFinite(net, failing)).toThrow("no loss");
  expect(net.modules().some((module) => Object.hasOwn(module, "forward"))).toBe(false);
});

test("looks through layers that give no single tensor", () => {
  const lstm = new LSTM(2, 3);
  fill_(lstm.parameters()[0]?.detach() as Tensor, Number.NaN);
  expect(firstNonFinite(lstm, () => lstm.forward(zeros([4, 1, 2])).output.sum())).toMatchObject({ pass: "forward" });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("a run ends after the step whose loss is %d", async (bad) => {
  const model = new Linear(1, 1);
  let step = 0;
  const { steps, stopped } = await fit(model, [ones([1, 1])], {
    loss: (model, x) =>
      model
        .forward(x)
        .mul(++step === 3 ? bad : 0)
        .sum(),
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 9,
    callbacks: [stopWhenNotFinite()],
  });
  expect(steps).toBe(3);
  expect(stopped).toMatch(/^stopWhenNotFinite: the loss of step 3 is (NaN|-?Infinity): firstNonFinite tells/);
});
