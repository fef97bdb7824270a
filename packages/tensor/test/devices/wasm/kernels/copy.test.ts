import { describe, expect, test } from "vitest";
import { Arena, builds, expectClose } from "./arena.ts";

/** Shape, strides and offset of the first element, in elements. */
const views: Record<string, readonly [readonly number[], readonly number[], number]> = {
  scalar: [[], [], 3],
  "every third": [[7], [3], 1],
  reversed: [[9], [-1], 8],
  transpose: [[37, 70], [1, 37], 0],
  "transpose of a slice": [[10, 131], [1, 15], 2],
  rows: [[5, 80], [100, 1], 7],
  "broadcast row": [[4, 6], [0, 1], 0],
  "broadcast column": [[4, 6], [1, 0], 0],
  "batch of transposes": [[3, 6, 9], [54, 1, 6], 0],
  "channels last": [[2, 5, 3, 4], [60, 1, 20, 5], 0],
  "six axes": [[2, 3, 2, 2, 3, 2], [1, 2, 6, 12, 24, 72], 0],
  empty: [[3, 0, 2], [2, 2, 1], 0],
};

describe.each(builds)("%s", (_, module) => {
  test.each(Object.entries(views))("copyStrided, %s", (_name, [shape, strides, offset]) => {
    const arena = new Arena(module);
    const x = arena.random(3000);
    const size = shape.reduce((product, length) => product * length, 1);
    const [from, to] = [arena.put(x), arena.room(4 * size)];
    arena.kernels.copyStrided(from + 4 * offset, to, shape.length, arena.putInts(shape), arena.putInts(strides));
    const expected = Float32Array.from({ length: size }, (_value, i) => {
      let at = offset;
      let rest = i;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        at += (rest % (shape[axis] as number)) * (strides[axis] as number);
        rest = Math.floor(rest / (shape[axis] as number));
      }
      return x[at] as number;
    });
    expect(arena.floats(to, size)).toEqual(expected);
    arena.expectIntact();
  });

  test("copyStrided keeps the bits of int32", () => {
    const arena = new Arena(module);
    const bits = [0x7fa00001, -1, 0x7f800001, 5];
    const to = arena.room(16);
    arena.kernels.copyStrided(arena.putInts(bits), to, 2, arena.putInts([2, 2]), arena.putInts([1, 2]));
    expect([...arena.ints(to, 4)]).toEqual([bits[0], bits[2], bits[1], bits[3]]);
  });

  test("fill", () => {
    const arena = new Arena(module);
    const to = arena.room(4 * 11);
    arena.kernels.fill(to, 11, 2.5);
    expect([...arena.floats(to, 11)]).toEqual(new Array(11).fill(2.5));
    arena.expectIntact();
  });

  test.each([1, 6, 16])("rows of %i by index", (width) => {
    const arena = new Arena(module);
    const table = arena.random(9 * width);
    const indices = [8, 0, 3, 3, 5];
    const [tableAt, indicesAt, out] = [arena.put(table), arena.putInts(indices), arena.room(4 * 5 * width)];
    expect(arena.kernels.gatherRows(tableAt, indicesAt, out, 5, 9, width)).toBe(-1);
    const gathered = indices.flatMap((index) => [...table.subarray(index * width, (index + 1) * width)]);
    expect([...arena.floats(out, 5 * width)]).toEqual(gathered);
    expect(arena.kernels.scatterAddRows(out, indicesAt, tableAt, 5, 9, width)).toBe(-1);
    const expected = Float64Array.from(table);
    indices.forEach((index, i) => {
      for (let j = 0; j < width; j++) {
        expected[index * width + j] = (expected[index * width + j] as number) + (gathered[i * width + j] as number);
      }
    });
    expectClose(arena.floats(tableAt, 9 * width), expected, 1e-6);
    arena.expectIntact();
  });

  test("an index outside the table is reported by its position", () => {
    const arena = new Arena(module);
    const [table, out] = [arena.put(arena.random(6)), arena.room(24)];
    expect(arena.kernels.gatherRows(table, arena.putInts([0, 1, 3]), out, 3, 3, 2)).toBe(2);
    expect(arena.kernels.scatterAddRows(out, arena.putInts([-1, 1, 2]), table, 3, 3, 2)).toBe(0);
  });
});
