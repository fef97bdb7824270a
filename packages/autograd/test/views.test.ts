import {
  add,
  add_,
  at,
  copy_,
  diagonal,
  exp_,
  expand,
  fill_,
  flatten,
  indexPut_,
  maskedFill_,
  mul,
  mul_,
  narrow,
  select,
  setAt_,
  split,
  sum,
  type Tensor,
  tensor,
  toCopy,
  transpose,
  transpose_,
  unfold,
  unsqueeze_,
  useDevice,
  zero_,
  zeros,
} from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { noGrad, requiresGrad_ } from "../src/index.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

const matrix = (): Tensor =>
  tensor(
    [
      [0.3, -1.2, 0.7],
      [1.1, 0.4, -0.6],
    ],
    { dtype: "float64" },
  );
const row = (): Tensor => tensor([0.9, -0.4, 1.3], { dtype: "float64" });
const int = (values: number[]): Tensor => tensor(values, { dtype: "int32" });
const mask = (values: boolean[]): Tensor => tensor(values);

/** Changes a copy of `x` in place, some way or other, and returns what came of it. */
const programs: Readonly<Record<string, (x: Tensor, y: Tensor) => Tensor>> = {
  "the base, seen by a view made before": (x, y) => {
    const base = toCopy(x);
    const window = at(base, 0);
    mul_(base, y);
    return mul(window, base);
  },
  "a view, seen by its base": (x, y) => {
    const base = toCopy(x);
    mul_(at(base, 1), y);
    return mul(base, base);
  },
  "a view, seen by another view": (x, y) => {
    const base = toCopy(x);
    const [first, second] = split(base, 2, { dim: 1 }) as [Tensor, Tensor];
    mul_(first, toCopy(first));
    const whole = flatten(base);
    exp_(second);
    return add(mul(whole, whole), sum(y));
  },
  "overlapping views": (x, y) => {
    const base = toCopy(x);
    const left = narrow(base, 1, 0, 2);
    const right = narrow(base, 1, 1, 2);
    mul_(left, toCopy(right));
    mul_(right, toCopy(left));
    return mul(base, y);
  },
  "a view of a view": (x, y) => {
    const base = toCopy(x);
    mul_(select(transpose(base), 0, 2), narrow(y, 0, 0, 2));
    return mul(base, base);
  },
  "the diagonal": (x, y) => {
    const base = toCopy(x);
    mul_(diagonal(base), narrow(y, 0, 1, 2));
    return mul(base, base);
  },
  "windows that share elements": (x, y) => {
    const base = mul(x, x);
    const windows = unfold(base, 1, 2, 1);
    mul_(base, y);
    return mul(windows, windows);
  },
  "an untracked tensor, through a view": (x, y) => {
    const base = zeros([2, 3], { dtype: "float64" });
    const before = at(base, ":", 0);
    copy_(at(base, 0), y);
    setAt_(base, [1], at(x, 0));
    return mul(add(before, 1), at(base, ":", 1));
  },
  "copy_ with broadcasting": (x, y) => mul(copy_(mul(x, 2), y), y),
  "what fill_ and zero_ overwrite counts no more": (x, y) => {
    const base = mul(x, x);
    fill_(at(base, ":", 0), 3);
    zero_(at(base, 0));
    return mul(base, y);
  },
  "fill_ with a tensor": (x, y) => mul(fill_(at(mul(x, x), "...", "1:"), sum(y)), 2),
  "lists of indices": (x, y) => {
    const base = mul(x, x);
    setAt_(base, [":", [2, 0]], at(y, [0, 1]));
    return mul(base, base);
  },
  "a mask": (x, y) => {
    const base = mul(x, x);
    setAt_(base, [":", mask([true, false, true])], at(y, "1:"));
    return mul(base, base);
  },
  "lists of indices through a view": (x, y) => {
    const base = mul(x, x);
    indexPut_(transpose(base), [int([0, 2]), int([1, 0])], at(y, ":2"), { accumulate: true });
    return mul(base, base);
  },
  "masked elements of a view": (x, y) => {
    const base = mul(x, y);
    maskedFill_(at(base, 1), mask([true, false, true]), 2);
    return mul(base, base);
  },
  "a tensor with itself": (x, y) => {
    const base = mul(x, y);
    add_(base, base);
    add_(base, at(base, 0));
    return base;
  },
  "the layout of a tensor, seen by a view made before": (x, y) => {
    const base = mul(x, y);
    const window = at(base, 1);
    mul_(unsqueeze_(base, 0), 3);
    return mul(window, window);
  },
  "the layout of a tensor": (x, y) => {
    const base = mul(x, y);
    transpose_(unsqueeze_(base, 0), 1, 2);
    mul_(at(base, 0, 0), 3);
    return mul(base, base);
  },
};

describe.each(Object.entries(programs))("changing in place: %s", (_, program) => {
  test("gradients equal numerical ones", () => {
    gradcheck((x, y) => program(x, y), [matrix(), row()], { second: true });
  });
});

describe("what may not be changed", () => {
  test("a leaf that requires a gradient, and views of it", () => {
    const x = requiresGrad_(zeros([3]));
    expect(() => fill_(x, 1)).toThrow("fill_: a leaf that requires a gradient cannot be changed in place");
    expect(() => fill_(at(x, 0), 1)).toThrow("fill_: a leaf that requires a gradient cannot be changed in place");
    expect(() => unsqueeze_(x, 0)).toThrow("unsqueeze_: a leaf that requires a gradient cannot be changed in place");
    expect(x.detach().toArray()).toEqual(new Float32Array(3));
  });

  test("but inside noGrad, or detached", () => {
    const x = requiresGrad_(zeros([3]));
    noGrad(() => fill_(at(x, 0), 1));
    fill_(at(x.detach(), 1), 2);
    expect(x.tolist()).toEqual([1, 2, 0]);
    expect(x.isLeaf).toBe(true);
  });

  test("an expanded tensor", () => {
    const x = expand(zeros([1]), [3]);
    expect(() => fill_(x, 1)).toThrow("fill_: several elements share one place in memory");
    expect(() => copy_(x, row())).toThrow("copy_: several elements share one place in memory");
    expect(x.tolist()).toEqual([0, 0, 0]);
  });
});

test("an element that was overwritten passes no gradient on, but the history stays", () => {
  const x = requiresGrad_(tensor([1, 2]));
  const y = mul(x, 3);
  zero_(y);
  expect(y.requiresGrad).toBe(true);
  sum(y).backward();
  expect(x.grad?.tolist()).toEqual([0, 0]);
});

test("a value that was kept and changed since is an error", () => {
  const x = requiresGrad_(tensor([1, 2]));
  const y = mul(x, 3);
  const z = mul(y, y);
  zero_(at(y, 0));
  expect(() => sum(z).backward()).toThrow("of mul was changed in place since the forward pass");
});
