import {
  cauchy_,
  Generator,
  geometric_,
  logNormal_,
  ones,
  poisson,
  random_,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "@dl/tensor";
import { expect, test } from "vitest";

const seeded = (): { generator: Generator } => ({ generator: new Generator(7) });

/** Each expected value is what PyTorch 1.13.1 gives after `torch.manual_seed(7)`. */
test.each<[string, (g: { generator: Generator }) => Tensor, readonly number[]]>([
  [
    "cauchy_",
    (g) => cauchy_(zeros([4]), g),
    [-0.83055579662323, -0.8612030744552612, 2.1618921756744385, 0.5362833142280579],
  ],
  [
    "cauchy_ in float64",
    (g) => cauchy_(zeros([3], { dtype: "float64" }), { ...g, median: 1, sigma: 2 }),
    [-0.6611115499249394, -0.7224061115390794, 5.323784455837047],
  ],
  [
    "logNormal_",
    (g) => logNormal_(zeros([4]), g),
    [2.0267019271850586, 13.095682144165039, 18.058982849121094, 0.29267629981040955],
  ],
  [
    "logNormal_ in float64",
    (g) => logNormal_(zeros([3], { dtype: "float64" }), { ...g, mean: 0.5, std: 0.25 }),
    [1.5893120118287583, 2.0067877807382075, 2.089041612618788],
  ],
  ["geometric_", (g) => geometric_(zeros([6]), { ...g, p: 0.3 }), [4, 4, 1, 2, 1, 1]],
  ["geometric_ of int32", (g) => geometric_(zeros([6], { dtype: "int32" }), { ...g, p: 0.3 }), [4, 4, 1, 2, 1, 1]],
  ["random_", (g) => random_(zeros([4]), g), [8974492, 3335306, 11059538, 11020709]],
  [
    "random_ of int32",
    (g) => random_(zeros([4], { dtype: "int32" }), g),
    [327741615, 976413892, 1202242073, 1369975286],
  ],
  ["random_ of uint8", (g) => random_(zeros([4], { dtype: "uint8" }), g), [175, 196, 25, 246]],
  ["random_ of bool", (g) => random_(zeros([4], { dtype: "bool" }), g), [1, 0, 1, 0]],
  [
    "random_ of float64",
    (g) => random_(zeros([4], { dtype: "float64" }), g),
    [2516435200042024, 2465213813629881, 7765043079597394, 5914923542589598],
  ],
  ["random_ to 10", (g) => random_(zeros([4]), { ...g, to: 10 }), [5, 2, 1, 6]],
  ["random_ from -5", (g) => random_(zeros([4], { dtype: "int32" }), { ...g, from: -5, to: 5 }), [0, -3, -4, 1]],
  [
    "random_ of a range of uint8",
    (g) => random_(zeros([4], { dtype: "uint8" }), { ...g, from: 3, to: 200 }),
    [7, 140, 173, 56],
  ],
  [
    "random_ of a transposed tensor",
    (g) => random_(transpose(zeros([3, 4]), 0, 1), { ...g, to: 10 }),
    [5, 3, 8, 2, 7, 1, 1, 7, 8, 6, 9, 1],
  ],
  ["poisson", (g) => poisson(tensor([0.5, 3, 9.9, 10, 50, 1000, 0]), g), [0, 5, 6, 6, 62, 1015, 0]],
  ["poisson of 20", (g) => poisson(ones([12]).mul(20), g), [17, 26, 17, 11, 15, 14, 22, 20, 22, 18, 15, 23]],
])("%s draws PyTorch's numbers", (_, draw, expected) => {
  const drawn = [...draw(seeded()).toArray()];
  expect(drawn.length).toBe(expected.length);
  for (const [i, value] of drawn.entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
});

test.each<[() => unknown, string]>([
  [() => cauchy_(zeros([2], { dtype: "int32" })), "cauchy_: needs a floating-point tensor, got int32"],
  [() => logNormal_(zeros([2]), { std: 0 }), "logNormal: std must be positive, got 0"],
  [() => geometric_(zeros([2]), { p: 1 }), "geometric: p must lie in (0, 1), got 1"],
  [() => random_(zeros([2]), { from: 5, to: 5 }), "random: from and to must be integers, from below to: 5 and 5"],
  [
    () => random_(zeros([2], { dtype: "uint8" }), { to: 300 }),
    "random: uint8 does not hold all integers from 0 to 299",
  ],
  [() => poisson(tensor([1, -1])), "poisson: rates must be finite and not negative, got -1"],
  [() => poisson(zeros([1], { dtype: "int32" })), "poisson: needs a floating-point tensor, got int32"],
])("%s says what is wrong", (call, sentence) => {
  expect(call).toThrow(sentence);
});
