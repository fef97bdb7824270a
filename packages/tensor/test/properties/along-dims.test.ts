import {
  abs,
  apply,
  cumprod,
  cumsum,
  type KernelOp,
  linearScan,
  logcumsumexp,
  logSoftmax,
  neg,
  softmax,
  type Tensor,
  toCopy,
} from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { expectSame, resultOn } from "./same.ts";
import { anyShape, dtypes, packed, type ViewSpec, viewed, viewOf } from "./views.ts";

/** What one call needs beside its operands: places to pick from. */
interface Picks {
  readonly dim: number;
  readonly span: number;
  readonly flag: boolean;
  readonly number: number;
}

interface Family {
  /** How many operands of one shape it takes. */
  readonly operands: number;
  call(inputs: readonly Tensor[], picks: Picks): Tensor;
}

/** Reductions over a block of dimensions, with the numbers that some of them take. */
const blocks: readonly [string, Family][] = Object.entries(primitives)
  .filter(([name]) => name.endsWith("Block"))
  .map(([name, { op }]) => [
    name,
    {
      operands: 1,
      call: ([x], { dim, span, number }) => {
        const first = dim % ((x as Tensor).ndim + 1);
        const attrs = {
          dim: first,
          span: Math.min(span, (x as Tensor).ndim - first),
          correction: number % 3,
          p: powers[number],
        };
        return apply(op as KernelOp<typeof attrs>, [x as Tensor], attrs);
      },
    },
  ]);

const powers = [0, 1, 2, 3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5, 2.5];

const axisOf = (x: Tensor | undefined, dim: number): number => dim % Math.max((x as Tensor).ndim, 1);
const along = (call: (x: Tensor, options: { dim: number; reverse: boolean }) => Tensor): Family => ({
  operands: 1,
  call: ([x], { dim, flag }) => call(x as Tensor, { dim: axisOf(x, dim), reverse: flag }),
});
const alongBoth = (call: (x: Tensor, y: Tensor, options: { dim: number; reverse: boolean }) => Tensor): Family => ({
  operands: 2,
  call: ([x, y], { dim, flag }) => call(x as Tensor, y as Tensor, { dim: axisOf(x, dim), reverse: flag }),
});

const lines: readonly [string, Family][] = Object.entries({
  softmax: along(softmax),
  logSoftmax: along(logSoftmax),
  softmaxGradient: alongBoth(primitives.softmaxGradient),
  // its second operand is a logarithm of shares, never above 0
  logSoftmaxGradient: alongBoth((g, y, options) => primitives.logSoftmaxGradient(g, neg(abs(y)), options)),
  cumsum: along(cumsum),
  cumprod: along(cumprod),
  logcumsumexp: along(logcumsumexp),
  cummaxIndices: along(primitives.cummaxIndices),
  cumminIndices: along(primitives.cumminIndices),
  linearScan: alongBoth(linearScan),
  flip: along((x, { dim }) => primitives.flip(x, x.ndim === 0 ? [] : [dim])),
});

const copies: readonly [string, Family][] = dtypes.map((dtype) => [
  `toCopy ${dtype}`,
  { operands: 1, call: ([x]) => toCopy(x as Tensor, dtype) },
]);

const families = [...blocks, ...lines, ...copies];

/** Over 3,000 in all. */
const runs = Math.ceil(3200 / families.length);

test("every reduction is here", () => {
  expect(blocks.length).toBeGreaterThan(10);
});

const anyCall = (operands: number): fc.Arbitrary<{ specs: ViewSpec[]; picks: Picks }> =>
  anyShape.chain((shape) =>
    fc.record({
      specs: fc.tuple(...Array.from({ length: operands }, () => viewOf(shape))),
      picks: fc.record({
        dim: fc.nat(4),
        span: fc.integer({ min: 1, max: 3 }),
        flag: fc.boolean(),
        number: fc.nat(powers.length - 1),
      }),
    }),
  );

test.each(families)("%s over views on wasm is what it is over copies on cpu", (_, { operands, call }) => {
  fc.assert(
    fc.property(anyCall(operands), ({ specs, picks }) => {
      const expected = resultOn("cpu", () =>
        call(
          specs.map((spec) => packed(spec)),
          picks,
        ),
      );
      expectSame(
        resultOn("cpu", () => call(specs.map(viewed), picks)),
        expected,
        0,
      );
      expectSame(
        resultOn("wasm", () => call(specs.map(viewed), picks)),
        expected,
        2e-5,
      );
    }),
    { numRuns: runs, seed: 7 },
  );
});
