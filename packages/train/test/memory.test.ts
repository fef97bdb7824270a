import { BatchNorm1d, Conv2d, Dropout, Flatten, Linear, LSTM, MaxPool2d, Module, ReLU, Sequential } from "@dl/layers";
import { Adam, AdamW, LBFGS, SGD } from "@dl/optim";
import {
  defaultGenerator,
  Generator,
  memoryStats,
  ones,
  type Shape,
  scope,
  type Tensor,
  tensor,
  zeros,
} from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { estimateMemory } from "../src/index.ts";

const mlp = (): Module =>
  new Sequential(
    new Linear(784, 256),
    new ReLU(),
    new Dropout(),
    new Linear(256, 128),
    new ReLU(),
    new Linear(128, 10),
  );

const cnn = (): Module =>
  new Sequential(
    new Conv2d(1, 8, 3, { padding: 1 }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(8, 16, 3),
    new ReLU(),
    new Flatten(),
    new Linear(2304, 10),
  );

/** A recurrent layer whose output is one tensor. */
class Recurrent extends Module {
  readonly lstm = new LSTM(16, 32, { numLayers: 2 });
  override forward(x: Tensor): Tensor {
    return this.lstm.forward(x).output;
  }
}

const live = (): number => memoryStats()?.live ?? 0;

/** How far an estimate may be from what the heap holds: its places have sizes that grow in quarters of powers of two. */
const near = (estimate: number, measured: number): void => {
  expect(Math.abs(estimate / measured - 1)).toBeLessThan(0.2);
};

// a step of Adam: batch size, bytes estimated; at the side bytes that the heap held
describe.each([
  {
    name: "an MLP",
    make: mlp,
    shape: (n: number): Shape => [n, 784],
    figures: [
      [16, 3_895_072], // 4,361,088
      [64, 4_293_280], // 4,780,800
    ],
  },
  {
    name: "a CNN",
    make: cnn,
    shape: (n: number): Shape => [n, 1, 28, 28],
    figures: [
      [16, 1_738_016], // 1,948,288
      [64, 5_785_760], // 6,545,920
    ],
  },
  {
    name: "an LSTM",
    make: () => new Recurrent(),
    shape: (n: number): Shape => [20, n, 16],
    figures: [
      [16, 1_102_848], // 1,123,328
      [64, 3_695_616], // 3,777,536
    ],
  },
])("$name", ({ make, shape, figures }) => {
  test.each(figures)("holds what was estimated, batch size %i: %i bytes", (n = 0, bytes = 0) => {
    const atFirst = live();
    const model = scope(make);
    const optimizer = new Adam(model.parameters());
    const held = live();
    const memory = estimateMemory(model, shape(n), { optimizer });
    expect(live()).toBe(held);
    expect(memory.total).toBe(bytes);
    near(memory.parameters, held - atFirst);
    const forward = (): Tensor => model.forward(ones(shape(n)));
    scope(() => {
      const output = forward();
      near(memory.input + memory.activations + memory.passing, live() - held);
      output.sum().backward();
      optimizer.step();
    });
    near(memory.gradients + memory.optimizer, live() - held);
    scope(() => {
      const output = forward();
      near(memory.total, live() - atFirst);
      output.dispose();
    });
    expect(estimateMemory(model, shape(n), { optimizer })).toEqual(memory);
  });
});

test("counts by hand: what is shared once, what is frozen without a gradient", () => {
  const tied = new Linear(4, 4, { bias: false });
  const model = new Sequential(tied, new ReLU(), tied, new BatchNorm1d(4));
  model.layers[3]?.freeze();
  expect(
    estimateMemory(model, [8, 4], { optimizer: new SGD(model.parameters(), { lr: 1, momentum: 0.9 }) }),
  ).toMatchObject({
    // weight 4 × 4; scale, shift, mean and variance of 4, and an int32 counter
    parameters: 4 * (16 + 16 + 1),
    gradients: 4 * 16,
    optimizer: 4 * 16,
    input: 4 * 32,
  });
});

test("the relu's output is kept, the linear layer's is not", () => {
  const model = new Sequential(new Linear(4, 5), new ReLU(), new Linear(5, 3));
  const { activations, passing } = estimateMemory(model, [2, 4]);
  expect([activations, passing]).toEqual([4 * 2 * 5, 4 * 2 * (5 + 3)]);
});

test("leaves model, optimizer and generators as they were", () => {
  const generator = new Generator(3);
  const model = new Sequential(new Linear(4, 4), new BatchNorm1d(4), new Dropout({ generator }), new Dropout());
  model.layers[1]?.eval();
  const optimizer = new AdamW(model.parameters(), { lr: 0.1 });
  const state = () => ({
    modes: model.modules().map(({ training }) => training),
    values: Object.values(model.stateDict()).map((x) => x.tolist()),
    groups: optimizer.paramGroups.map(({ params, ...group }) => ({ ...group, params: params.length })),
    optimizer: optimizer.state.size,
    drawn: [generator.getState(), defaultGenerator().getState()],
  });
  const [before, [first]] = [state(), optimizer.paramGroups.map(({ params }) => params[0])];
  estimateMemory(model, [8, 4], { optimizer });
  expect(state()).toEqual(before);
  expect(optimizer.paramGroups[0]?.params[0]).toBe(first);
  expect(model.parameters().every(({ grad }) => grad === undefined)).toBe(true);
});

test("takes inputs as they are, and L-BFGS once it has made a step", () => {
  const model = new Linear(2, 1);
  const x = tensor([[1, 2]]);
  expect(estimateMemory(model, [x]).input).toBe(8);
  const optimizer = new LBFGS(model.parameters());
  expect(() => estimateMemory(model, [x], { optimizer })).toThrow("LBFGS: step needs a closure");
  expect(optimizer.paramGroups[0]?.params).toEqual(model.parameters());
  optimizer.step(() => {
    optimizer.zeroGrad();
    const loss = model
      .forward(x)
      .sub(zeros([1, 1]))
      .square()
      .sum();
    loss.backward();
    return loss;
  });
  expect(estimateMemory(model, [x], { optimizer }).optimizer).toBeGreaterThan(2 * 3 * 8);
});
