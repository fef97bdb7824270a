import { apply, type Device, type KernelOp, type Tensor, tensor, useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import * as primitives from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

const finite = [0, 1e-30, 1e-8, 1e-3, 0.1, 0.5, 0.9, 1, 1.5, 2, 3, 7.5, 20, 88, 104, 1000, 1e4, 1e5, 1e20, 3e38];
const magnitudes = [...finite, Number.POSITIVE_INFINITY];
const edges = [...magnitudes, ...magnitudes.map((value) => -value), Number.NaN];

type Attrs = Readonly<Record<string, number>>;

/** All ops that are a formula of one or two floats. */
const formulas = Object.entries(primitives).flatMap(([name, { op }]): [string, KernelOp<Attrs>][] =>
  op.kind === "kernel" && op.formula !== undefined && op.inputs.length <= 2 ? [[name, op as KernelOp<Attrs>]] : [],
);

/** Ops whose formula cancels there in float32: they are right beside the larger number they subtract. */
const cancelling: readonly string[] = ["gelu", "geluTanh", "sinc", "tanhshrink", "isclose", "roundMultiple"];

describe.skipIf(!info.available)(`edges on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
    await useDevice("cpu");
  });

  test.each(formulas)("%s at 0, infinity, NaN and between", async (name, op) => {
    const pairs = edges.flatMap((x) => edges.map((y) => [x, y]));
    const points = op.inputs.length === 1 ? [edges] : [0, 1].map((side) => pairs.map((pair) => pair[side] as number));
    const inputs = points.map((values) => tensor(values));
    const attrs = Object.fromEntries((op.formula?.params ?? []).map((param) => [param, 0.5]));
    let expected: Tensor;
    try {
      expected = apply(op, inputs, attrs);
    } catch (error) {
      expect(() =>
        apply(
          op,
          inputs.map((x) => x.to(device)),
          attrs,
        ),
      ).toThrow((error as Error).message);
      return;
    }
    if (cancelling.includes(name)) return;
    const actual = await apply(
      op,
      inputs.map((x) => x.to(device)),
      attrs,
    ).read();
    for (const [i, wanted] of expected.toArray().entries()) {
      const got = actual[i] as number;
      const isNear = Object.is(got, wanted) || Math.abs(got - wanted) <= 1e-5 * Math.max(1e-3, Math.abs(wanted));
      if (!isNear && got !== wanted)
        expect.fail(`${points.map((x) => x[i]).join(", ")}: ${got} on gpu, ${wanted} on cpu`);
    }
  });
});
