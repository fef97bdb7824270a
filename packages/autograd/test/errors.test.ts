import { add_, apply, type KernelOp, mul_, narrow, sum, type Tensor, tensor, useDevice, zeros } from "@dl/tensor";
import { beforeAll, expect, test } from "vitest";
import { grad, noGrad, registerHook, requiresGrad_, retainGrad } from "../src/index.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

const leaf = (...values: number[]): Tensor => requiresGrad_(tensor(values));
const square = (x: Tensor): Tensor => x.mul(x);

/** An op that no rule is known for. */
const strange: KernelOp<undefined> = {
  kind: "kernel",
  name: "strange",
  inputs: ["x"],
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: () => undefined,
};

test.each<[string, () => unknown, string]>([
  [
    "no start",
    () => square(leaf(1, 2)).backward(),
    "backward: needs a gradient to start from, or a tensor of one element (x [2])",
  ],
  [
    "a start of another shape",
    () => square(leaf(1, 2)).backward({ gradient: zeros([3]) }),
    "backward: the gradient must have the shape of the tensor (gradient [3], x [2])",
  ],
  [
    "twice",
    () => {
      const loss = sum(square(leaf(1, 2)));
      loss.backward();
      loss.backward();
    },
    "backward: the graph was walked already and what sum kept is gone: pass retainGraph: true the first time",
  ],
  [
    "changed in between",
    () => {
      const y = square(leaf(1, 2)).exp();
      add_(y.detach(), 1);
      sum(y).backward();
    },
    "backward: output of exp was changed in place since the forward pass (version 1, expected 0): its gradient needs the old values [2]",
  ],
  [
    "an unused input",
    () => grad([sum(leaf(1))], [leaf(2)]),
    "grad: the outputs do not depend on input 0: pass allowUnused: true to get undefined for it",
  ],
  [
    "an output without",
    () => grad([zeros([2])], [leaf(2)]),
    "grad: output 0 does not require a gradient: mark a leaf with requiresGrad_ (output 0 [2])",
  ],
  [
    "an input without",
    () => grad([sum(leaf(1))], [zeros([2])]),
    "grad: input 0 does not require a gradient: mark a leaf with requiresGrad_ (input 0 [2])",
  ],
  [
    "integers",
    () => requiresGrad_(tensor([1], { dtype: "int32" })),
    "requiresGrad_: only floating-point tensors have gradients, got int32",
  ],
  [
    "no leaf",
    () => requiresGrad_(square(leaf(1)), false),
    "requiresGrad_: only a leaf can stop requiring a gradient: use x.detach()",
  ],
  [
    "retainGrad",
    () => retainGrad(zeros([2])),
    "retainGrad: this tensor does not require a gradient: mark it with requiresGrad_",
  ],
  [
    "registerHook",
    () => registerHook(zeros([2]), () => undefined),
    "registerHook: this tensor does not require a gradient: mark it with requiresGrad_",
  ],
  [
    "async",
    () => noGrad(async () => undefined),
    "noGrad: the body must not be async: recording would be switched back before it ends",
  ],
  [
    "a leaf in place",
    () => mul_(leaf(1), 2),
    "mul_: a leaf that requires a gradient cannot be changed in place: do it inside noGrad, or on x.detach()",
  ],
  [
    "a view made inside noGrad",
    () => {
      const x = square(leaf(1, 2));
      const view = noGrad(() => narrow(x, 0, 0, 1));
      mul_(view, 2);
    },
    "mul_: a view made inside noGrad cannot be changed outside of it: its history is missing",
  ],
  [
    "an op without a rule",
    () => apply(strange, [leaf(1)], undefined),
    "strange: has no gradient rule: state one with customGradient, or remove a second copy of @dl/tensor",
  ],
  [
    "a gradient that is wrong",
    () => gradcheck((x) => x.mul(x.detach()), [tensor([3], { dtype: "float64" })]),
    "gradcheck: gradient 0, element 0: ",
  ],
])("%s", (_, act, sentence) => {
  expect(act).toThrow(sentence);
});
