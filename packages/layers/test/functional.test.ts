import * as tensor from "@dl/tensor";
import { expect, test } from "vitest";
import * as functional from "../src/functional.ts";

test("functional hands out the functions of @dl/tensor themselves", () => {
  const own: Readonly<Record<string, unknown>> = { ...tensor, fold: tensor.col2im, unfold: tensor.im2col };
  for (const [name, value] of Object.entries(functional)) {
    expect(typeof value, name).toBe("function");
    expect(value, name).toBe(own[name]);
  }
  expect(Object.keys(functional)).toEqual(
    expect.arrayContaining(["relu", "conv2d", "maxPool2d", "dropout", "linear", "batchNorm", "embedding"]),
  );
});
