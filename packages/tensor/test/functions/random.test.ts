import {
  at,
  bernoulli,
  bernoulli_,
  exponential_,
  Generator,
  multinomial,
  normal,
  normal_,
  type RandomOptions,
  rand,
  randint,
  randLike,
  randn,
  randnLike,
  randperm,
  type Tensor,
  tensor,
  transpose,
  uniform_,
  zeros,
} from "@dl/tensor";
import { expect, test } from "vitest";

const seeded = (): { generator: Generator } => ({ generator: new Generator(7) });

/** Each expected value is what PyTorch 1.13.1 gives after `torch.manual_seed(7)`. */
test.each<[string, (options: RandomOptions & { generator: Generator }) => Tensor, unknown]>([
  [
    "rand",
    (g) => rand([2, 2], g),
    [
      [0.5349225401878357, 0.19880318641662598],
      [0.6592116951942444, 0.6568902730941772],
    ],
  ],
  ["rand in float64", (g) => rand([2], { ...g, dtype: "float64" }), [0.279380429906404, 0.27369371365176565]],
  ["randn", (g) => randn([3], g), [-0.1467950940132141, 0.7861412763595581, 0.9468216300010681]],
  [
    "randn in blocks",
    (g) => at(randn([17], g), [0, 8, 16]),
    [-0.8201345205307007, -0.8489086031913757, -0.866701602935791],
  ],
  ["randint", (g) => randint(-3, 5, [6], g), [4, 1, -2, 3, 0, 0]],
  ["randperm", (g) => randperm(6, g), [3, 0, 1, 5, 2, 4]],
  ["bernoulli", (g) => bernoulli(tensor([0.1, 0.5, 0.9, 0.5]), g), [0, 1, 1, 0]],
  [
    "normal of two tensors",
    (g) => normal(tensor([1, 2, 3]), tensor([0.5, 1, 2]), g),
    [0.9266024827957153, 2.7861413955688477, 4.893643379211426],
  ],
  [
    "normal of tensors that broadcast",
    (g) => normal(tensor([[1], [2]]), tensor([0.5, 1]), g),
    [
      [0.9266024827957153, 1.786141276359558],
      [2.4734108448028564, 0.8856559991836548],
    ],
  ],
  [
    "normal of a number and a tensor",
    (g) => normal(1, tensor([0.5, 1, 2]), g),
    [0.9266024827957153, 1.786141276359558, 2.893643379211426],
  ],
  ["normal of numbers", (g) => normal(2, 0.5, { ...g, shape: [2] }), [1.9266024827957153, 2.393070697784424]],
  [
    "multinomial with replacement",
    (g) => multinomial(tensor([1, 3, 0, 6]), 5, { ...g, replacement: true }),
    [1, 1, 3, 3, 3],
  ],
  [
    "multinomial of rows",
    (g) =>
      multinomial(
        tensor([
          [1, 3, 2],
          [0, 1, 1],
        ]),
        2,
        g,
      ),
    [
      [1, 0],
      [2, 1],
    ],
  ],
  [
    "uniform_",
    (g) => uniform_(zeros([3]), { ...g, from: -1, to: 1 }),
    [0.06984508037567139, -0.602393627166748, 0.31842339038848877],
  ],
  [
    "uniform_ of a transposed tensor",
    (g) => uniform_(transpose(zeros([2, 3])), g),
    [
      [0.5349225401878357, 0.6568902730941772],
      [0.19880318641662598, 0.23276156187057495],
      [0.6592116951942444, 0.4250614047050476],
    ],
  ],
  [
    "normal_",
    (g) => normal_(zeros([3]), { ...g, mean: 1, std: 2 }),
    [0.7064098119735718, 2.572282552719116, 2.8936431407928467],
  ],
  [
    "normal_ of a transposed tensor",
    (g) => at(normal_(transpose(zeros([2, 9])), g), ":2"),
    [
      [-0.1467950940132141, -1.6821985244750977],
      [0.7861412763595581, 0.317678302526474],
    ],
  ],
  [
    "exponential_",
    (g) => exponential_(zeros([3]), { ...g, rate: 2 }),
    [0.1638219654560089, 0.159891739487648, 0.9905877113342285],
  ],
  ["bernoulli_", (g) => bernoulli_(zeros([4], { dtype: "int32" }), { ...g, p: 0.5 }), [1, 1, 0, 0]],
  ["bernoulli_ of a tensor", (g) => bernoulli_(zeros([4]), { ...g, p: tensor([0.1, 0.5, 0.9, 0.5]) }), [0, 1, 1, 0]],
])("%s draws PyTorch's numbers", (_, draw, expected) => {
  expect(draw(seeded()).tolist()).toEqual(expected);
});

test("one generator goes on where the last function stopped", () => {
  const { generator } = seeded();
  rand([2], { generator });
  expect(randn([2], { generator }).tolist()).toEqual([-0.29524603486061096, 1.9685478210449219]);
  expect(randint(0, 10, [3], { generator }).tolist()).toEqual([7, 9, 8]);
});

test("the dtypes that are asked for", () => {
  expect(randint(0, 2, [3], { dtype: "bool" }).dtype).toBe("bool");
  expect(randperm(3, { dtype: "float32" }).dtype).toBe("float32");
  expect(randLike(zeros([2, 3], { dtype: "float64" })).dtype).toBe("float64");
  expect(randnLike(zeros([2, 3])).shape).toEqual([2, 3]);
});
