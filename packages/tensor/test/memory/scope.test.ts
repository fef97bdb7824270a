import { add, keep, scope, type Tensor, tensor, useDevice } from "@dl/tensor";
import { beforeEach, describe, expect, test } from "vitest";

describe.each(["cpu", "wasm"] as const)("scope on %s", (device) => {
  beforeEach(() => useDevice(device));

  test("gives back what is not returned, kept or from outside", () => {
    const outside = tensor([1, 2]);
    let inner: Tensor | undefined;
    let kept: Tensor | undefined;
    const { result, list } = scope(() => {
      inner = add(outside, 1);
      kept = keep(add(outside, 2));
      return { result: add(inner, 3), list: [add(inner, 4).reshape([2, 1])] };
    });
    expect(result.tolist()).toEqual([5, 6]);
    expect(list[0]?.tolist()).toEqual([[6], [7]]);
    expect(kept?.tolist()).toEqual([3, 4]);
    expect(outside.tolist()).toEqual([1, 2]);
    expect(() => inner?.tolist()).toThrow("Tensor: its memory was given back by scope, using or dispose");
    expect(() => add(inner as Tensor, 1)).toThrow("Tensor: its memory was given back by scope, using or dispose");
  });

  test("what is given back stays so when its memory is another's", () => {
    const [before, after] = [tensor([1, 2]), tensor([3, 4])];
    const gone = add(before, 1);
    gone.dispose();
    const next = add(after, 1);
    gone.dispose();
    expect(next.tolist()).toEqual([4, 5]);
    expect(() => gone.tolist()).toThrow("its memory was given back");
    expect(() => add(gone, 1)).toThrow("its memory was given back");
  });

  test("a scope gives out what maps, sets and circles hold", () => {
    const circle: { self?: unknown; x?: Tensor } = {};
    const made = scope(() => {
      circle.self = circle;
      circle.x = tensor([1]);
      return { circle, map: new Map([["a", tensor([2])]]), set: new Set([tensor([3])]) };
    });
    expect([circle.x?.item(), made.map.get("a")?.item(), [...made.set][0]?.item()]).toEqual([1, 2, 3]);
  });

  test("what an inner scope returns belongs to the outer one", () => {
    let inner: Tensor | undefined;
    scope(() => {
      inner = scope(() => add(tensor([1]), 1));
      expect(inner.tolist()).toEqual([2]);
    });
    expect(() => inner?.item()).toThrow("its memory was given back");
  });

  test("gives back what was made before an error", () => {
    let made: Tensor | undefined;
    const fails = (): never => {
      made = add(tensor([1]), 1);
      throw new RangeError("no");
    };
    expect(() => scope(fails)).toThrow("no");
    expect(() => made?.item()).toThrow("its memory was given back");
  });

  test("refuses an async body", () => {
    expect(() => scope(async () => tensor([1]))).toThrow("scope: the body must not be async");
  });

  test("using gives back at the end of the block", () => {
    let made: Tensor;
    {
      using x = tensor([1, 2]);
      made = x;
      expect(made.tolist()).toEqual([1, 2]);
    }
    expect(() => made.tolist()).toThrow("its memory was given back");
  });
});
