import { arange, einsum, ones, reshape, type Tensor, tensor, toCopy } from "@dl/tensor";
import { describe, expect, test } from "vitest";

/** Every product of the equation, one by one. Ellipsis dimensions have capital names here. */
function bySums(
  inputs: readonly string[],
  output: string,
  operands: readonly Tensor[],
): { shape: number[]; data: number[] } {
  const sizes = new Map<string, number>();
  for (const [i, names] of inputs.entries()) {
    for (const [dim, name] of [...names].entries())
      sizes.set(name, Math.max(sizes.get(name) ?? 1, operands[i]?.shape[dim] ?? 1));
  }
  const names = [...output, ...[...sizes.keys()].filter((name) => !output.includes(name))];
  const shape = [...output].map((name) => sizes.get(name) ?? 1);
  const data = new Array<number>(shape.reduce((total, length) => total * length, 1)).fill(0);
  const arrays = operands.map((x) => x.toArray());
  const visit = (at: number, place: ReadonlyMap<string, number>): void => {
    const name = names[at];
    if (name !== undefined) {
      for (let i = 0; i < (sizes.get(name) ?? 1); i++) visit(at + 1, new Map(place).set(name, i));
      return;
    }
    const index = (of: string, lengths: readonly number[]): number =>
      [...of].reduce(
        (flat, each, dim) => flat * (lengths[dim] as number) + (lengths[dim] === 1 ? 0 : (place.get(each) as number)),
        0,
      );
    const product = arrays.reduce(
      (total, array, i) => total * (array[index(inputs[i] as string, operands[i]?.shape ?? [])] as number),
      1,
    );
    data[index(output, shape)] = (data[index(output, shape)] as number) + product;
  };
  visit(0, new Map());
  return { shape, data };
}

const counted = (...shape: number[]): Tensor => {
  const size = shape.reduce((total, length) => total * length, 1);
  return reshape(toCopy(arange(1, size + 1), "float64"), shape);
};

describe("einsum equals the sums it stands for", () => {
  test.each([
    [
      "ij,jk->ik",
      ["ij", "jk"],
      "ik",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      "ij,jk",
      ["ij", "jk"],
      "ik",
      [
        [2, 3],
        [3, 4],
      ],
    ],
    ["ba", ["ba"], "ab", [[2, 3]]],
    ["ii", ["ii"], "", [[3, 3]]],
    ["ii->i", ["ii"], "i", [[3, 3]]],
    ["iji->j", ["iji"], "j", [[2, 3, 2]]],
    ["iii,i->i", ["iii", "i"], "i", [[2, 2, 2], [2]]],
    [
      "...ij,...jk->...ik",
      ["Aij", "Ajk"],
      "Aik",
      [
        [5, 2, 3],
        [1, 3, 2],
      ],
    ],
    ["i...,i", ["iAB", "i"], "AB", [[2, 3, 4], [2]]],
    ["...,...", ["AB", "B"], "AB", [[3, 2], [2]]],
    [
      "b...,b...->b",
      ["bA", "bA"],
      "b",
      [
        [2, 3],
        [2, 3],
      ],
    ],
    [
      "bn,anm,bm->ba",
      ["bn", "anm", "bm"],
      "ba",
      [
        [2, 3],
        [4, 3, 2],
        [2, 2],
      ],
    ],
    [
      "ij,kj->ik",
      ["ij", "kj"],
      "ik",
      [
        [2, 1],
        [3, 4],
      ],
    ],
    ["a,b,c->cab", ["a", "b", "c"], "cab", [[2], [3], [2]]],
    [" i j , j -> i ", ["ij", "j"], "i", [[2, 3], [3]]],
    [
      "Ab,bA->",
      ["Ab", "bA"],
      "",
      [
        [2, 3],
        [3, 2],
      ],
    ],
    [",i->i", ["", "i"], "i", [[], [3]]],
  ] as const)("%s", (equation, inputs, output, shapes) => {
    const operands = shapes.map((shape) => counted(...shape));
    const expected = bySums(inputs, output, operands);
    const actual = einsum(equation, ...operands);
    expect(actual.shape).toEqual(expected.shape);
    expect(Array.from(actual.toArray())).toEqual(expected.data);
  });
});

test("without letters to sum it is a view", () => {
  const x = counted(2, 3);
  expect(einsum("ij->ji", x).storage).toBe(x.storage);
});

test("empty sums are zero", () => {
  expect(einsum("ij,jk->ik", ones([2, 0]), ones([0, 3])).tolist()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

test("integers stay integers", () => {
  const x = tensor(
    [
      [1, 2],
      [3, 4],
    ],
    { dtype: "int32" },
  );
  const product = einsum("ij,jk->ik", x, x);
  expect([product.dtype, product.tolist()]).toEqual([
    "int32",
    [
      [7, 10],
      [15, 22],
    ],
  ]);
});
