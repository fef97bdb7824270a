import {
  Generator,
  gruCell,
  lstmCell,
  packPaddedSequence,
  padPackedSequence,
  padSequence,
  randn,
  rnnCell,
  rotaryPositions,
  scaledDotProductAttention,
  type Tensor,
  useDevice,
} from "@dl/tensor";
import { beforeAll, describe, test } from "vitest";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

const generator = new Generator(1);
const floats = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });
const second = { second: true };

describe("gradients of single recurrent steps", () => {
  const inputs = (): [x: Tensor, h: Tensor] => [floats(2, 3), floats(2, 2)];
  const weights = (gates: number): Tensor[] => [
    floats(gates * 2, 3),
    floats(gates * 2, 2),
    floats(gates * 2),
    floats(gates * 2),
  ];
  const named = ([weightIh, weightHh, biasIh, biasHh]: readonly Tensor[]) => ({
    weightIh: weightIh as Tensor,
    weightHh: weightHh as Tensor,
    biasIh,
    biasHh,
  });

  test.each(["tanh", "relu"] as const)("rnnCell, %s", (nonlinearity) => {
    gradcheck(
      (u: Tensor, v: Tensor, ...rest: Tensor[]) => rnnCell(u, v, named(rest), { nonlinearity }),
      [...inputs(), ...weights(1)],
      second,
    );
  });

  test("gruCell", () => {
    gradcheck(
      (u: Tensor, v: Tensor, ...rest: Tensor[]) => gruCell(u, v, named(rest)),
      [...inputs(), ...weights(3)],
      second,
    );
  });

  test("lstmCell with a projection", () => {
    const run = (u: Tensor, v: Tensor, w: Tensor, weightHr: Tensor, ...rest: Tensor[]): Tensor => {
      const [hidden, cell] = lstmCell(u, [v, w], { ...named(rest), weightHr });
      return hidden.add(cell);
    };
    gradcheck(run, [...inputs(), floats(2, 2), floats(2, 2), ...weights(4)], second);
  });
});

describe("gradients of sequences", () => {
  test("packed and unpacked", () => {
    const run = (x: Tensor): Tensor =>
      padPackedSequence(packPaddedSequence(x, [1, 3], { enforceSorted: false })).padded;
    gradcheck(run, [floats(3, 2, 2)], second);
  });

  test("padded", () => {
    gradcheck((x, y) => padSequence([x, y], { batchFirst: true }), [floats(1, 2), floats(3, 2)], second);
  });

  test("attended to", () => {
    const attnMask = floats(3, 5);
    const run = (q: Tensor, k: Tensor, v: Tensor): Tensor =>
      scaledDotProductAttention(q, k, v, { attnMask, scale: 0.3 });
    gradcheck(run, [floats(2, 3, 4), floats(2, 5, 4), floats(2, 5, 2)], second);
  });

  test("turned by position", () => {
    gradcheck((x) => rotaryPositions(x), [floats(2, 5, 4)], second);
  });
});
