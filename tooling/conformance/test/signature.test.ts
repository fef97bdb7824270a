import { describe, expect, test } from "vitest";
import { bind, TableError } from "../src/args.ts";
import { parseSignature } from "../src/signature.ts";

const sum = parseSignature("torch.sum(input, dim|axis=None, keepdim=False, *, dtype=None)");

describe("bind", () => {
  test("takes positions and names, and either of two names", () => {
    expect(bind(sum, [7, 1], { keepdim: true }).options({ a: "dim", b: "keepdim", c: "dtype" })).toEqual({
      a: 1,
      b: true,
    });
    expect(bind(sum, [7], { axis: 2 }).number("dim")).toBe(2);
  });

  test("takes None as not given", () => {
    expect(bind(sum, [7, null], {}).has("dim")).toBe(false);
  });

  test("collects what is left", () => {
    const view = parseSignature("Tensor.view(input, *shape)");
    expect(bind(view, [7, 2, 3], {}).rest("shape")).toEqual([2, 3]);
    expect(bind(view, [7, [2, 3]], {}).rest("shape")).toEqual([2, 3]);
    expect(bind(view, [7, []], {}).rest("shape")).toEqual([]);
  });

  test("splits defaults with commas where it should", () => {
    const { parameters } = parseSignature("torch.rot90(input, k=1, dims=[0, 1])");
    expect(parameters.map(({ names }) => names[0])).toEqual(["input", "k", "dims"]);
  });

  test("refuses what the table does not know", () => {
    expect(() => bind(sum, [7, 1, true, "float32"], {})).toThrow(TableError);
    expect(() => bind(sum, [7], { out: 1 })).toThrow("torch.sum: the table has no argument out");
    expect(() => bind(sum, [7], {}).number("dim")).toThrow("torch.sum: the case gives no dim");
  });
});
