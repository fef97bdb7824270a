import { manualSeed, type Tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import * as nn from "../../src/index.ts";
import * as init from "../../src/init/index.ts";
import pytorch from "./pytorch.json" with { type: "json" };

interface Numbers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Largest difference to PyTorch's numbers. */
function difference(x: Tensor, { shape, values }: Numbers): number {
  expect(x.shape).toEqual(shape);
  return Math.max(...Array.from(x.toArray(), (value, i) => Math.abs(value - (values[i] as number))));
}

const inits: Readonly<Record<keyof typeof pytorch.inits, (x: Tensor) => Tensor>> = {
  uniform_: (x) => init.uniform_(x, { a: -0.5, b: 1.5 }),
  normal_: (x) => init.normal_(x, { mean: 1, std: 0.3 }),
  "normal_ of many": (x) => init.normal_(x, { mean: 1, std: 0.3 }),
  xavier_uniform_: (x) => init.xavierUniform_(x, { gain: 2 }),
  xavier_normal_: (x) => init.xavierNormal_(x, { gain: 0.5 }),
  kaiming_uniform_: (x) => init.kaimingUniform_(x, { mode: "fanOut", nonlinearity: "relu" }),
  kaiming_normal_: (x) => init.kaimingNormal_(x, { a: 0.3 }),
  trunc_normal_: (x) => init.truncNormal_(x, { mean: 0.5, std: 2, a: -1, b: 1 }),
  orthogonal_: (x) => init.orthogonal_(x, { gain: 2 }),
  "orthogonal_ of wide": (x) => init.orthogonal_(x),
  sparse_: (x) => init.sparse_(x, 0.5, { std: 0.1 }),
  dirac_: (x) => init.dirac_(x, { groups: 2 }),
  eye_: (x) => init.eye_(x),
};

/** Computed with more than one rounding: the last digits differ. */
const rounded: readonly string[] = ["orthogonal_", "orthogonal_ of wide"];

describe("initial values are PyTorch's for seed 0", () => {
  for (const [name, expected] of Object.entries(pytorch.inits)) {
    test(name, () => {
      manualSeed(0);
      const draw = inits[name as keyof typeof inits];
      const worst = difference(draw(zeros(expected.shape)), expected);
      expect(worst).toBeLessThanOrEqual(rounded.includes(name) ? 1e-6 : 0);
    });
  }
});

const layers: Readonly<Record<keyof typeof pytorch.layers, () => nn.AnyModule>> = {
  Linear: () => new nn.Linear(5, 4),
  Conv1d: () => new nn.Conv1d(2, 3, 3),
  Conv2d: () => new nn.Conv2d(4, 6, 3, { groups: 2 }),
  ConvTranspose2d: () => new nn.ConvTranspose2d(3, 4, 2),
  Bilinear: () => new nn.Bilinear(2, 3, 4),
  Embedding: () => new nn.Embedding(6, 3, { paddingIdx: 1 }),
  PReLU: () => new nn.PReLU(2),
  BatchNorm2d: () => new nn.BatchNorm2d(3),
  Sequential: () => new nn.Sequential(new nn.Linear(3, 2), new nn.ReLU(), new nn.BatchNorm1d(2), new nn.Linear(2, 1)),
};

describe("a new layer holds PyTorch's numbers under PyTorch's keys", () => {
  for (const [name, expected] of Object.entries(pytorch.layers)) {
    test(name, () => {
      manualSeed(0);
      const state = layers[name as keyof typeof layers]().stateDict();
      expect(Object.keys(state)).toEqual(Object.keys(expected));
      for (const [key, numbers] of Object.entries<Numbers>(expected))
        expect(difference(state[key] as Tensor, numbers)).toBe(0);
    });
  }
});
