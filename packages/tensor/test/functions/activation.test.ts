import { Generator, glu, prelu, rrelu, tensor } from "@dl/tensor";
import { expect, test } from "vitest";

test("rrelu draws PyTorch's slopes, one for each element that is not positive", () => {
  const drawn = rrelu(tensor([-1, 2, -3, 0, -4]), {
    lower: 0.1,
    upper: 0.3,
    training: true,
    generator: new Generator(0),
  });
  const expected = [-0.294, 2, -0.7247, 0, -1.1366];
  for (const [i, value] of drawn.toArray().entries()) expect(value).toBeCloseTo(expected[i] as number, 4);
});

test("prelu has a weight for each channel", () => {
  const x = tensor([
    [
      [-1, 1],
      [-2, 2],
    ],
  ]);
  expect(prelu(x, tensor([0.5, 0.25])).tolist()).toEqual([
    [
      [-0.5, 1],
      [-0.5, 2],
    ],
  ]);
  expect(prelu(tensor([-1, 1]), tensor([0.5])).tolist()).toEqual([-0.5, 1]);
});

test("glu gates along any dimension", () => {
  expect(
    glu(
      tensor([
        [1, 2],
        [0, 0],
      ]),
      { dim: 0 },
    ).tolist(),
  ).toEqual([[0.5, 1]]);
});
