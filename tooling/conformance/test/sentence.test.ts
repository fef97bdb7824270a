import { zeros } from "@dl/tensor";
import { expect, test } from "vitest";
import { isSentence, missingIn } from "../src/sentence.ts";

const mm = {
  op: "torch.mm",
  args: [zeros([2, 3]), zeros([2, 2])],
  options: [],
  reference: "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x2)",
};

test("a sentence says who and what, in the library's words", () => {
  expect(isSentence("mm: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])")).toBe(true);
  expect(isSentence("Linear(4, 3): needs 4 numbers in the last dimension, got 5 (x [2, 5])")).toBe(true);
  expect(isSentence("Cannot read properties of undefined (reading 'length')")).toBe(false);
  expect(isSentence("shape.every is not a function")).toBe(false);
});

test.each([
  ["mm: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])", undefined],
  ["matmul: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])", "names matmul, expected mm"],
  ["mm: the shapes do not fit", "names nothing of what was given"],
  ["mm: needs float64, not float32", undefined],
])("%s", (sentence, missing) => {
  expect(missingIn(sentence, mm)).toBe(missing);
});

test("what PyTorch blames has to be named", () => {
  const sum = {
    op: "torch.sum",
    args: [zeros([2, 3])],
    options: [{ dim: 5 }],
    reference: "Dimension out of range (expected to be in range of [-2, 1], but got 5)",
  };
  expect(missingIn("sum: dim 5 is out of range for 2 dimensions", sum)).toBeUndefined();
  expect(missingIn("sum: x has size 3, and that dim is not there", sum)).toBe("names none of 2, 5");
});

test("layers and functions of one name, and renamed ops", () => {
  const loss = { args: [zeros([2])], options: [{ p: 3 }], reference: "" };
  expect(
    missingIn("multiMarginLoss: p must be 1 or 2, got 3", { ...loss, op: "torch.nn.MultiMarginLoss" }),
  ).toBeUndefined();
  expect(missingIn("at: index 3 is out of range", { ...loss, op: "Tensor.__getitem__" })).toBeUndefined();
});
