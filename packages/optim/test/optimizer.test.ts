import { type Tensor, tensor, trackAllocations } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import { Adadelta, Adam, AdamW, LAMB, Lion, NAdam, type Optimizer, RMSprop, Rprop, SGD } from "../src/index.ts";
import { parameter, resultOf } from "./parameter.ts";

function close(x: Tensor, values: readonly number[]): void {
  for (const [i, value] of values.entries()) expect(x.detach().toArray()[i]).toBeCloseTo(value, 6);
}

describe("step", () => {
  it("leaves parameters without a gradient alone, and their state", () => {
    const [a, b] = [parameter([1], [1]), parameter([1])];
    const optimizer = new Adam([a, b], { lr: 0.1 });
    optimizer.step();
    expect(a.item()).toBeCloseTo(0.9, 6);
    expect(b.item()).toBe(1);
    expect(optimizer.state.has(b)).toBe(false);
  });

  it("calls a closure first and returns its result", () => {
    const p = parameter([1]);
    const loss = new SGD([p], { lr: 1 }).step(() => {
      p.grad = tensor([0.25]);
      return "loss";
    });
    expect([loss, p.item()]).toEqual(["loss", 0.75]);
  });

  it("takes values changed since, and values of groups", () => {
    const [a, b] = [parameter([1], [1]), parameter([1], [1])];
    const optimizer = new SGD([{ params: [a] }, { params: [b], lr: 0.25 }], { lr: 0.5 });
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0.5, 0.75]);
    for (const group of optimizer.paramGroups) group.lr = 0.125;
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0.375, 0.625]);
  });

  it("changes the version that a saved parameter is checked by", () => {
    const p = parameter([1], [1]);
    const before = p.storage.version;
    new SGD([p], { lr: 1 }).step();
    expect(p.storage.version).toBeGreaterThan(before);
  });

  it.each<[string, (p: Tensor) => Optimizer]>([
    ["SGD", (p) => new SGD([p], { lr: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.1 })],
    ["Adam", (p) => new Adam([p], { weightDecay: 0.1, amsgrad: true })],
    ["Adadelta", (p) => new Adadelta([p])],
    ["RMSprop", (p) => new RMSprop([p], { centered: true, momentum: 0.5 })],
    ["LAMB", (p) => new LAMB([p], { weightDecay: 0.1 })],
  ])("%s gives back what it allocates after the first step", (_, build) => {
    const optimizer = build(parameter([1, 2, 3], [0.1, 0.2, 0.3]));
    optimizer.step();
    const { allocated } = trackAllocations(() => optimizer.step());
    expect(allocated.filter(({ disposed }) => !disposed)).toEqual([]);
  });

  it("updates a parameter whose memory is transposed", () => {
    const base = tensor([
      [1, 2],
      [3, 4],
    ]);
    const p = base.sibling(base.storage, [2, 2], [1, 2], 0);
    p.tracer = parameter([0]).tracer;
    p.grad = tensor([
      [1, 0],
      [0, 0],
    ]);
    new SGD([p], { lr: 1 }).step();
    p.grad = tensor([
      [0, 10],
      [0, 0],
    ]);
    new Adam([p], { lr: 1 }).step();
    expect(base.tolist()).toEqual([
      [0, 2],
      [2, 4],
    ]);
  });
});

describe("Lion and LAMB follow their papers", () => {
  it("Lion: the sign of the mixed momentum, decoupled decay", () => {
    const p = parameter([1, -2], [0.5, -0.1]);
    const optimizer = new Lion([p], { lr: 0.1, weightDecay: 0.5 });
    optimizer.step();
    close(p, [0.85, -1.8]);
    p.grad = tensor([-0.001, 0]);
    optimizer.step();
    // m = 0.01 g, 0.9 m + 0.1 g = [0.0044, -0.0009]
    close(p, [0.85 * 0.95 - 0.1, -1.8 * 0.95 + 0.1]);
  });

  it("LAMB: the step is as long as the parameter", () => {
    const p = parameter([3, -4], [6, -8]);
    new LAMB([p], { lr: 0.1, eps: 0 }).step();
    close(p, [3 - 0.1 * (5 / Math.SQRT2), -4 + 0.1 * (5 / Math.SQRT2)]);
    const zero = parameter([0, 0], [1, -1]);
    new LAMB([zero], { lr: 0.1, eps: 0 }).step();
    close(zero, [-0.1, 0.1]);
  });
});

describe("zeroGrad", () => {
  it("forgets every gradient", () => {
    const p = parameter([1], [1]);
    new SGD([p], { lr: 1 }).zeroGrad();
    expect(p.grad).toBeUndefined();
  });
});

describe("bad input", () => {
  const p = parameter([1, 2]);
  it.each<[() => unknown, string]>([
    [() => new SGD([], { lr: 0.1 }), "SGD: needs at least one parameter, got an empty list"],
    [() => new SGD([p, p], { lr: 0.1 }), "SGD: a parameter appears more than once (p [2])"],
    [() => new SGD([{ params: [p] }, { params: [p] }], { lr: 0.1 }), "SGD: a parameter appears more than once (p [2])"],
    [
      () => new SGD([resultOf("MulBackward0")], { lr: 0.1 }),
      "SGD: can only update leaves, got the result of MulBackward0 (p [2])",
    ],
    [() => new SGD([{ params: [null as never] }], { lr: 0.1 }), "SGD: parameters must be tensors, got object"],
    [() => new SGD([p], {} as { lr: number }), "SGD: lr must be a number from 0 on, got undefined"],
    [() => new SGD([p], { lr: -0.1 }), "SGD: lr must be a number from 0 on, got -0.1"],
    [() => new SGD([p], { lr: 0.1, momentum: Number.NaN }), "SGD: momentum must be a number from 0 on, got NaN"],
    [
      () => new SGD([p], { lr: 0.1, nesterov: true }),
      "SGD: nesterov needs a momentum above 0 and no dampening, got momentum 0 and dampening 0",
    ],
    [() => new Adam([p], { betas: [1, 0.9] }), "Adam: betas must lie in [0, 1), got 1 at 0 (betas [1, 0.9])"],
    [
      () => new AdamW([p], { betas: [0.9, -0.1] }),
      "AdamW: betas must lie in [0, 1), got -0.1 at 1 (betas [0.9, -0.1])",
    ],
    [() => new Adam(p as never), "Adam: needs a list of parameters or groups, got one tensor"],
    [() => new Adam([p], { eps: -1e-8 }), "Adam: eps must be a number from 0 on, got -1e-8"],
    [() => new Adadelta([p], { rho: 1.5 }), "Adadelta: rho must lie in [0, 1], got 1.5"],
    [() => new NAdam([p], { momentumDecay: -1 }), "NAdam: momentumDecay must be a number from 0 on, got -1"],
    [() => new Rprop([p], { etas: [1.5, 0.5] }), "Rprop: etas must lie in (0, 1) and above 1, got 1.5 and 0.5"],
  ])("%s", (build, message) => {
    expect(build).toThrow(message);
  });

  it("leaves the groups as they were", () => {
    const optimizer = new SGD([p], { lr: 0.1 });
    expect(() => optimizer.addParamGroup({ params: [parameter([1])], lr: -1 })).toThrow(
      "SGD: lr must be a number from 0 on, got -1",
    );
    expect(optimizer.paramGroups.length).toBe(1);
  });
});
