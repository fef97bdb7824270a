import {
  add,
  expand,
  Generator,
  logicalNot,
  maskedFill,
  matmul,
  mul,
  ones,
  rand,
  randn,
  scaledDotProductAttention,
  softmax,
  sum,
  type Tensor,
  transpose,
  tril,
  zeros,
} from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { grad, requiresGrad_ } from "../src/index.ts";

/** So many queries and keys that the scores are made in blocks: more than one each, the last one shorter. */
const [queries, keys] = [700, 400];

interface Setting {
  readonly dtype: "float64" | "float32";
  readonly device: "cpu" | "wasm";
  /** Largest distance, as a part of the largest element. */
  readonly tolerance: number;
}

const settings: readonly Setting[] = [
  { dtype: "float64", device: "cpu", tolerance: 1e-14 },
  { dtype: "float32", device: "cpu", tolerance: 1e-6 },
  { dtype: "float32", device: "wasm", tolerance: 5e-6 },
];

const masks: Readonly<Record<string, (like: Tensor) => { attnMask?: Tensor; isCausal?: boolean }>> = {
  "without mask": () => ({}),
  causal: () => ({ isCausal: true }),
  "with truth values": ({ device }) => ({
    attnMask: rand([queries, keys], { generator: new Generator(5), device }).gt(0.5),
  }),
  "with numbers": ({ dtype, device }) => ({
    attnMask: randn([queries, keys], { generator: new Generator(6), dtype, device }),
  }),
  "with padding": ({ device }) => ({
    attnMask: rand([2, 1, keys], { generator: new Generator(7), device }).gt(0.2),
  }),
};

describe.each(settings)("attention in blocks, $dtype on $device", ({ dtype, device, tolerance }) => {
  const generator = new Generator(3);
  const normal = (...shape: number[]): Tensor => randn(shape, { generator, dtype }).to(device);
  const [query, key, value] = [normal(2, queries, 3), normal(keys, 3), normal(2, keys, 2)];
  const upstream = [normal(2, queries, 2), normal(2, queries, 3), normal(keys, 3), normal(2, keys, 2)];

  /** The result, the gradients, and the gradients of what these make with other numbers. */
  function everything(attend: (q: Tensor, k: Tensor, v: Tensor) => Tensor): readonly Tensor[] {
    const inputs = [query, key, value].map((x) => requiresGrad_(x.clone())) as [Tensor, Tensor, Tensor];
    const output = attend(...inputs);
    const first = grad([sum(mul(output, upstream[0] as Tensor))], inputs, { createGraph: true }) as Tensor[];
    const made = first.map((x, i) => sum(mul(x, upstream[i + 1] as Tensor)));
    const second = grad(made, inputs, { gradOutputs: made.map(() => ones([], { dtype, device })) });
    return [output, ...first, ...(second as Tensor[])];
  }

  test.each(Object.keys(masks))("%s is attention over all scores at once, to the second order", (name) => {
    const options = masks[name]?.(query) ?? {};
    const blocks = everything((q, k, v) => scaledDotProductAttention(q, k, v, options));
    const whole = everything((q, k, v) => composed(q, k, v, options));
    for (const [i, expected] of whole.entries())
      expect(distance(blocks[i] as Tensor, expected)).toBeLessThan(tolerance);
  });
});

function composed(q: Tensor, k: Tensor, v: Tensor, { attnMask, isCausal }: { attnMask?: Tensor; isCausal?: boolean }) {
  const scores = matmul(mul(q, 1 / Math.sqrt(3)), transpose(k));
  const { dtype, device } = scores;
  const seen = isCausal ? tril(ones([queries, keys], { dtype: "bool", device })) : attnMask;
  const masked =
    seen?.dtype === "bool"
      ? maskedFill(scores, expand(logicalNot(seen), scores.shape), Number.NEGATIVE_INFINITY)
      : add(scores, seen ?? zeros([], { dtype, device }));
  return matmul(softmax(masked, { dim: -1 }), v);
}

function distance(x: Tensor, y: Tensor): number {
  expect(x.shape).toEqual(y.shape);
  const [got, wanted] = [x.detach().contiguous().toArray(), y.detach().contiguous().toArray()];
  let [largest, error] = [0, 0];
  for (const [i, value] of wanted.entries()) {
    largest = Math.max(largest, Math.abs(value));
    error = Math.max(error, Number.isNaN(got[i]) ? Number.POSITIVE_INFINITY : Math.abs((got[i] as number) - value));
  }
  return error / largest;
}
