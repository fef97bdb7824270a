import { tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import { Adam, LBFGS, type OptimizerStateDict, SGD } from "../src/index.ts";
import { parameter } from "./parameter.ts";

it("has PyTorch's keys", () => {
  const [a, b] = [parameter([1], [1]), parameter([2], [1])];
  const optimizer = new SGD([{ params: [a] }, { params: [b], weightDecay: 0.5 }], { lr: 0.1, momentum: 0.9 });
  expect(optimizer.stateDict().state).toEqual({});
  optimizer.step();
  const { state, param_groups } = optimizer.stateDict();
  expect(Object.keys(state)).toEqual(["0", "1"]);
  expect(String(state[1]?.["momentum_buffer"])).toBe("tensor([2.])");
  expect(param_groups).toEqual([
    { lr: 0.1, momentum: 0.9, dampening: 0, weight_decay: 0, nesterov: false, maximize: false, params: [0] },
    { lr: 0.1, momentum: 0.9, dampening: 0, weight_decay: 0.5, nesterov: false, maximize: false, params: [1] },
  ]);
});

it("goes on where another optimizer stopped, with copies", () => {
  const [a, b] = [parameter([1, 2], [0.5, -1]), parameter([1, 2], [0.5, -1])];
  const first = new Adam([a], { lr: 0.1, amsgrad: true });
  first.step();
  const second = new Adam([b]);
  second.step();
  b.storage.data.set(a.detach().toArray());
  second.loadStateDict(first.stateDict());
  first.step();
  second.step();
  expect(b.tolist()).toEqual(a.tolist());
  expect(second.paramGroups[0]).toMatchObject({ lr: 0.1, amsgrad: true });
});

it("reads a state of PyTorch's: steps in tensors, options it does not know, nulls", () => {
  const p = parameter([1], [1]);
  const optimizer = new Adam([p]);
  optimizer.loadStateDict({
    state: { 0: { step: tensor(3), exp_avg: tensor([0.5]), exp_avg_sq: tensor([0.25]), max_exp_avg_sq: null } },
    param_groups: [{ lr: 0.5, betas: [0.9, 0.99], foreach: null, capturable: false, initial_lr: 1, params: [0] }],
  });
  expect(optimizer.state.get(p)).toMatchObject({ step: 3 });
  expect(optimizer.paramGroups[0]).toMatchObject({ lr: 0.5, betas: [0.9, 0.99], eps: 1e-8, initialLr: 1 });
  expect(optimizer.paramGroups[0]).not.toHaveProperty("foreach");
});

describe("what does not fit is refused and changes nothing", () => {
  const two = (): SGD => new SGD([{ params: [parameter([1])] }, { params: [parameter([1])] }], { lr: 0.1 });
  const one = (): SGD => new SGD([parameter([1])], { lr: 0.1 });
  const dict = (part: Partial<OptimizerStateDict>): OptimizerStateDict => ({
    state: {},
    param_groups: [{ lr: 0.5, params: [0] }],
    ...part,
  });

  it.each<[string, OptimizerStateDict]>([
    ["SGD: the state dict has 2 parameter groups, the optimizer 1", two().stateDict()],
    [
      "SGD: group 0 of the state dict has 2 parameters, the optimizer's 1",
      dict({ param_groups: [{ params: [0, 1] }] }),
    ],
    ["SGD: lr must be a number from 0 on, got -1", dict({ param_groups: [{ lr: -1, params: [0] }] })],
    [
      "SGD: momentum_buffer of the state dict does not fit its parameter (momentum_buffer [2], p [1])",
      dict({ state: { 0: { momentum_buffer: tensor([1, 2]) } } }),
    ],
  ])("%s", (message, bad) => {
    const optimizer = one();
    expect(() => optimizer.loadStateDict(bad)).toThrow(new RangeError(message));
    expect(optimizer.paramGroups[0]?.lr).toBe(0.1);
  });
});

it("refuses the state of another optimizer", () => {
  const p = parameter([1], [1]);
  const sgd = new SGD([p], { lr: 0.1, momentum: 0.9 });
  sgd.step();
  const adam = new Adam([p]);
  expect(() => adam.loadStateDict(sgd.stateDict())).toThrow(
    "Adam: the state of parameter 0 has no step, exp_avg, exp_avg_sq; it has momentum_buffer",
  );
  expect([adam.state.size, adam.paramGroups[0]?.lr]).toEqual([0, 1e-3]);
});

it("LBFGS goes on with its memory", () => {
  const run = (reload: boolean): number[] => {
    const p = parameter([3, -2]);
    let optimizer = new LBFGS([p], { maxIter: 2 });
    const closure = (): number => {
      const [x = 0, y = 0] = p.detach().toArray();
      p.grad = tensor([2 * x + y, x + 8 * y]);
      return x * x + x * y + 4 * y * y;
    };
    optimizer.step(closure);
    if (reload) {
      const saved = optimizer.stateDict();
      optimizer = new LBFGS([p], { maxIter: 2 });
      optimizer.loadStateDict(saved);
    }
    optimizer.step(closure);
    return Array.from(p.detach().toArray());
  };
  const straight = run(false);
  for (const [i, value] of run(true).entries()) expect(value).toBeCloseTo(straight[i] as number, 6);
});
