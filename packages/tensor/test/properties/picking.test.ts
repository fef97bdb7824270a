import { cat, embedding, gather, indexSelect, matmul, pad, type Tensor, tensor, triu, where } from "@dl/tensor";
import * as fc from "fast-check";
import { test } from "vitest";
import { expectSame, resultOn } from "./same.ts";
import { anyDType, anyShape, packed, type ViewSpec, viewed, viewOf } from "./views.ts";

/** Operands of one call, and numbers to make its other arguments from. */
interface Call {
  readonly specs: readonly ViewSpec[];
  readonly dim: number;
  readonly picks: readonly number[];
}

interface Family {
  readonly calls: fc.Arbitrary<Call>;
  call(inputs: readonly Tensor[], call: Call): Tensor;
}

const anyPicks = fc.array(fc.nat(1000), { maxLength: 40 });
const solidShape = anyShape.filter((shape) => shape.length > 0 && shape.every((length) => length > 0));
const callOf = (shapes: fc.Arbitrary<readonly (readonly number[])[]>): fc.Arbitrary<Call> =>
  fc.record({
    specs: shapes.chain((each) => fc.tuple(...each.map((shape) => viewOf(shape)))),
    dim: fc.nat(3),
    picks: anyPicks,
  });

/** Whole numbers below `limit`. */
const indices = (picks: readonly number[], limit: number, shape: readonly number[]): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Int32Array.from({ length: size }, (_, i) => (picks[i % Math.max(picks.length, 1)] ?? i) % limit),
    { shape },
  );
};

const axisOf = (x: Tensor, dim: number): number => dim % x.ndim;

const families: Record<string, Family> = {
  gather: {
    calls: callOf(solidShape.map((shape) => [shape])),
    call: ([x], { dim, picks }) => {
      const { shape } = x as Tensor;
      const axis = axisOf(x as Tensor, dim);
      const wanted = shape.map((length, at) =>
        at === axis ? picks.length % 7 : Math.max(1, length - (picks.length % 2)),
      );
      return gather(x as Tensor, axis, indices(picks, shape[axis] as number, wanted));
    },
  },
  indexSelect: {
    calls: callOf(solidShape.map((shape) => [shape])),
    call: ([x], { dim, picks }) => {
      const axis = axisOf(x as Tensor, dim);
      return indexSelect(x as Tensor, axis, indices(picks, (x as Tensor).shape[axis] as number, [picks.length]));
    },
  },
  embedding: {
    calls: callOf(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 })).map((shape) => [shape])),
    call: ([weight], { picks }) =>
      embedding(indices(picks, (weight as Tensor).shape[0] as number, [picks.length]), weight as Tensor),
  },
  cat: {
    calls: callOf(
      fc
        .tuple(solidShape, fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), fc.nat(3))
        .map(([shape, lengths, dim]) =>
          lengths.map((length) => shape.map((own, at) => (at === dim % shape.length ? length : own))),
        ),
    ),
    call: (parts) => {
      const differing = (parts[0] as Tensor).shape.findIndex((_, at) =>
        parts.some(({ shape }) => shape[at] !== parts[0]?.shape[at]),
      );
      return cat(parts, { dim: Math.max(differing, 0) });
    },
  },
  pad: {
    calls: callOf(solidShape.map((shape) => [shape])),
    call: ([x], { picks }) => pad(x as Tensor, [picks.length % 3, (picks[0] ?? 0) % 4], { value: 0.5 }),
  },
  triu: {
    calls: callOf(fc.tuple(fc.nat(9), fc.nat(9)).map((shape) => [shape])),
    call: ([x], { dim }) => triu(x as Tensor, { diagonal: dim - 1 }),
  },
  where: {
    calls: callOf(anyShape.map((shape) => [shape, shape])),
    call: ([x, y], { dim }) => where((x as Tensor).gt(dim - 1), x as Tensor, y as Tensor),
  },
  matmul: {
    calls: fc
      .tuple(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        anyDType,
        fc.boolean(),
      )
      .chain(([batch, rows, inner, columns, dtype, repeats]) =>
        fc.record({
          specs: fc.tuple(
            viewOf([...batch, rows, inner], fc.constant(dtype)),
            viewOf([...(repeats ? [] : batch), inner, columns], fc.constant(dtype)),
          ),
          dim: fc.constant(0),
          picks: fc.constant([]),
        }),
      ),
    call: ([x, y]) => matmul(x as Tensor, y as Tensor),
  },
};

test.each(Object.entries(families))("%s over views on wasm is what it is over copies on cpu", (_, { calls, call }) => {
  fc.assert(
    fc.property(calls, (each) => {
      const expected = resultOn("cpu", () =>
        call(
          each.specs.map((spec) => packed(spec)),
          each,
        ),
      );
      expectSame(
        resultOn("cpu", () => call(each.specs.map(viewed), each)),
        expected,
        0,
      );
      expectSame(
        resultOn("wasm", () => call(each.specs.map(viewed), each)),
        expected,
        2e-5,
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});
