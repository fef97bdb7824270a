import { add, matmul, mul, neg, sum, type Tensor, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { hessian, hvp, jacobian, jvp, vjp } from "../src/functional.ts";
import { grad } from "../src/grad.ts";
import { requiresGrad_ } from "../src/leaf.ts";
import { noGrad } from "../src/mode.ts";

const square = (x: Tensor): Tensor => mul(x, x);
const cubes = (x: Tensor): Tensor => sum(mul(mul(x, x), x));
const product = (x: Tensor, y: Tensor): Tensor => sum(mul(square(x), y));

describe("jacobian", () => {
  test("has a row per element of the output", () => {
    const weight = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const j = jacobian((x) => matmul(weight, x), tensor([7, 8]));
    expect(j.tolist()).toEqual(weight.tolist());
    expect(j.requiresGrad).toBe(false);
  });

  test("joins the shapes of output and input", () => {
    expect(jacobian((x) => sum(square(x), { dim: 0 }), zeros([2, 3])).shape).toEqual([3, 2, 3]);
    expect(jacobian(square, zeros([0])).shape).toEqual([0, 0]);
    expect(jacobian(square, tensor(3)).tolist()).toBe(6);
  });

  test("of a list of inputs is a list, with zeros for one that is not used", () => {
    const [byX, byY] = jacobian((x) => square(x), [tensor([1, 2]), tensor([5])]);
    expect(byX?.tolist()).toEqual([
      [2, 0],
      [0, 4],
    ]);
    expect(byY?.tolist()).toEqual([[0], [0]]);
  });

  test("of a constant is zero", () => {
    expect(jacobian(() => tensor([1, 2]), tensor([3])).tolist()).toEqual([[0], [0]]);
  });

  test("works inside noGrad and leaves its input alone", () => {
    const x = tensor([3]);
    expect(noGrad(() => jacobian(square, x)).tolist()).toEqual([[6]]);
    expect(x.requiresGrad).toBe(false);
  });

  test("can be differentiated with createGraph", () => {
    const x = requiresGrad_(tensor([1, 2]));
    const [second] = grad([sum(jacobian((y) => mul(square(y), y), x, { createGraph: true }))], [x]);
    expect(second?.tolist()).toEqual([6, 12]);
  });
});

describe("hessian", () => {
  test("of one input is a tensor", () => {
    expect(hessian(cubes, tensor([1, 2])).tolist()).toEqual([
      [6, 0],
      [0, 12],
    ]);
  });

  test("of several is a list of lists, zero where the function is linear", () => {
    const table = hessian(product, [tensor([1, 2]), tensor([3, 4])]);
    expect(table.map((row) => row.map((part) => part.tolist()))).toEqual([
      [
        [
          [6, 0],
          [0, 8],
        ],
        [
          [2, 0],
          [0, 4],
        ],
      ],
      [
        [
          [2, 0],
          [0, 4],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ]);
  });

  test("wants one element", () => {
    expect(() => hessian(square, tensor([1, 2]))).toThrow("hessian: the function must give one element (output [2])");
  });
});

describe("products", () => {
  test("vjp weights the outputs", () => {
    const { output, vjp: product } = vjp(square, tensor([1, 2]), tensor([1, 10]));
    expect([output.tolist(), product.tolist()]).toEqual([
      [1, 4],
      [2, 40],
    ]);
    expect(output.requiresGrad).toBe(false);
    expect(vjp(cubes, tensor([1, 2])).vjp.tolist()).toEqual([3, 12]);
    expect(() => vjp(square, tensor([1, 2]))).toThrow("vjp: the function must give one element (output [2])");
  });

  test("jvp weights the inputs", () => {
    expect(
      jvp(
        (x) =>
          matmul(
            x,
            tensor([
              [1, 2],
              [3, 4],
            ]),
          ),
        tensor([5, 6]),
        tensor([1, 10]),
      ).jvp.tolist(),
    ).toEqual([31, 42]);
    expect(jvp((x) => neg(x), tensor([1]), tensor([2])).jvp.tolist()).toEqual([-2]);
    const { jvp: both } = jvp(
      (x, y) => add(square(x), y),
      [tensor([1, 2]), tensor([3])],
      [tensor([1, 1]), tensor([5])],
    );
    expect(both.tolist()).toEqual([7, 9]);
    expect(jvp(() => tensor([1]), tensor([1]), tensor([1])).jvp.tolist()).toEqual([0]);
  });

  test("hvp multiplies the Hessian", () => {
    expect(hvp(cubes, tensor([1, 2]), tensor([1, 10])).hvp.tolist()).toEqual([6, 120]);
    const { hvp: parts } = hvp(product, [tensor([1, 2]), tensor([3, 4])], [tensor([1, 0]), tensor([0, 1])]);
    expect(parts.map((part) => part.tolist())).toEqual([
      [6, 4],
      [2, 0],
    ]);
    expect(hvp(sum, tensor([1, 2]), tensor([1, 1])).hvp.tolist()).toEqual([0, 0]);
  });

  test("want a v in the shape of each input", () => {
    expect(() => jvp(square, tensor([1, 2]), tensor([1]))).toThrow(
      "jvp: v 0 must have the shape of its input (v [1], input [2])",
    );
    expect(() => hvp(product, [tensor([1]), tensor([1])], [tensor([1])])).toThrow(
      "hvp: needs one v per input, got 1 for 2",
    );
  });
});
