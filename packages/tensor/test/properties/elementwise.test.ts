import { apply, type KernelOp, type Tensor } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { expectSame, resultOn } from "./same.ts";
import { anyShape, broadcastingTo, packed, type ViewSpec, viewed, viewOf } from "./views.ts";

type Params = Readonly<Record<string, number>>;

const ops = Object.entries(primitives).flatMap(([name, { op }]): [string, KernelOp<Params>][] =>
  op.kind === "kernel" && op.formula !== undefined ? [[name, op as KernelOp<Params>]] : [],
);

/** Over 7,000 in all. */
const runs = Math.ceil(7200 / ops.length);

test("every op with a formula is here", () => {
  expect(ops.length).toBeGreaterThan(100);
});

/** Operands of one call: views that broadcast to `shape`, or plain numbers. */
interface Call {
  readonly shape: readonly number[];
  readonly operands: readonly (ViewSpec | number)[];
  readonly params: Params;
}

const anyOperand = (shape: readonly number[]): fc.Arbitrary<ViewSpec> =>
  broadcastingTo(shape).chain((own) => viewOf(own));
const anyNumber = fc.constantFrom(0, 1, -1, 0.5, 2, -2.5);

const anyCall = (op: KernelOp<Params>): fc.Arbitrary<Call> =>
  anyShape.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      operands: fc.tuple(
        anyOperand(shape),
        ...op.inputs
          .slice(1)
          .map(() => fc.oneof({ weight: 5, arbitrary: anyOperand(shape) }, { weight: 1, arbitrary: anyNumber })),
      ),
      params: fc.record(
        Object.fromEntries((op.formula?.params ?? []).map((name) => [name, fc.constantFrom(1, 0.25, 0.5, 2, 3)])),
      ),
    }),
  );

test.each(ops)("%s over views on wasm is what it is over copies on cpu", (_, op) => {
  const given = (make: (spec: ViewSpec) => Tensor, { operands, params }: Call): Tensor => {
    const like = make(operands[0] as ViewSpec);
    return apply(
      op,
      [like, ...operands.slice(1).map((each) => (typeof each === "number" ? like.number(each) : make(each)))],
      params,
    );
  };
  fc.assert(
    fc.property(anyCall(op), (call) => {
      const expected = resultOn("cpu", () => given((spec) => packed(spec), call));
      expectSame(
        resultOn("cpu", () => given(viewed, call)),
        expected,
        0,
      );
      expectSame(
        resultOn("wasm", () => given(viewed, call)),
        expected,
        2e-5,
      );
    }),
    { numRuns: runs, seed: 7 },
  );
});
