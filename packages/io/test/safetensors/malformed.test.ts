import { tensor } from "@dl/tensor";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { encodeSafetensors, openSafetensors, readSafetensors } from "../../src/index.ts";

/** A file of `header` and `size` bytes of data. */
function made(header: string, size: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const entry = (from: number, to: number, shape: readonly number[] = [(to - from) / 4], dtype = "F32"): string =>
  JSON.stringify({ dtype, shape, data_offsets: [from, to] });

it.each([
  ["not even a length", new Uint8Array(5), "x is truncated: 8 bytes of header length, got 5"],
  ["a header past the end", made("{}", 0).subarray(0, 9), "x is truncated: the header ends at byte 10, the file at 9"],
  ["no JSON", made("{]", 0), "x: the header of 2 bytes is no JSON: "],
  ["no UTF-8", made("{}", 0).fill(0xff, 8), "x: the header of 2 bytes is no JSON: "],
  ["a list", made("[]", 0), 'x: the header must be an object, begins with "[]"'],
  ["a space first", made(" {}", 0), 'x: the header must be an object, begins with " {}"'],
  ["an entry that is no object", made('{"a":1}', 0), "x: a: needs dtype, shape and data_offsets, got 1"],
  ["an unknown dtype", made(`{"a":${entry(0, 4, [1], "F31")}}`, 4), 'x: a: unknown dtype "F31"; known are BOOL, U8'],
  ["a dtype of Object", made(`{"a":${entry(0, 4, [1], "toString")}}`, 4), 'x: a: unknown dtype "toString"'],
  [
    "a negative size",
    made(`{"a":${entry(0, 4, [-1])}}`, 4),
    "x: a: shape must be a list of whole numbers from 0 on, got [-1]",
  ],
  [
    "three offsets",
    made('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}', 1),
    "x: a: data_offsets must be two whole numbers",
  ],
  [
    "another size",
    made(`{"a":${entry(0, 20, [2, 3])}}`, 20),
    "x: a: F32 [2, 3] needs 24 bytes, its offsets 0 to 20 give 20",
  ],
  [
    "an overflowing size",
    made(`{"a":${entry(0, 4, [2 ** 40, 2 ** 40])}}`, 4),
    "x: a: F32 [1099511627776, 1099511627776] needs more than 9007199254740991 bytes, its offsets 0 to 4 give 4",
  ],
  [
    "offsets backwards",
    made(`{"a":${entry(4, 0, [1])}}`, 4),
    "x: a: F32 [1] needs 4 bytes, its offsets 4 to 0 give -4",
  ],
  [
    "a gap",
    made(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12),
    "x: b: begins at byte 8 and leaves a gap before it, which ends at 4",
  ],
  [
    "an overlap",
    made(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12),
    "x: b: begins at byte 4 and overlaps the tensor before it, which ends at 8",
  ],
  ["missing data", made(`{"a":${entry(0, 8)}}`, 5), "x is truncated: its tensors need 8 bytes of data, got 5"],
  ["more data", made(`{"a":${entry(0, 8)}}`, 9), "x is too long: its tensors need 8 bytes of data, got 9"],
  ["a name twice", made(`{"a":${entry(0, 4)},"\\u0061":${entry(4, 8)}}`, 8), "x: a: appears twice in the header"],
  ["metadata twice", made('{"__metadata__":{},"__metadata__":{}}', 0), "x: __metadata__: appears twice in the header"],
  [
    "a dtype twice",
    made('{"a":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}}', 0),
    "x: dtype: appears twice",
  ],
  ["metadata of numbers", made('{"__metadata__":{"k":1}}', 0), "x: __metadata__: k must be a text, got 1"],
  ["metadata as a list", made('{"__metadata__":[]}', 0), "x: __metadata__ must map names to texts, got []"],
])("refuses %s", async (_, bytes, sentence) => {
  await expect(openSafetensors(bytes, { name: "x" })).rejects.toThrow(`openSafetensors: ${sentence}`);
});

it("refuses a huge header without reading it", async () => {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
  await expect(openSafetensors(bytes)).rejects.toThrow(
    "a header of 9223372036854775808 bytes is longer than 100000000",
  );
});

it("does not take a name for one that only looks the same", async () => {
  const bytes = made(`{"a\\"":${entry(0, 4)},"\\"a":${entry(4, 8)},"dtype":${entry(8, 12)}}`, 12);
  expect((await openSafetensors(bytes)).names).toEqual(['a"', '"a', "dtype"]);
});

it("names a tensor that is not there, and those that are", async () => {
  const file = await openSafetensors(await encodeSafetensors({ a: tensor([1]), b: tensor([1]) }), { name: "x" });
  await expect(file.tensor("c")).rejects.toThrow("openSafetensors: x has no tensor c; it has a, b");
});

const good = await encodeSafetensors(
  { a: tensor([1, 2, 3]), b: tensor([4]), c: tensor([true]) },
  { metadata: { k: "v" } },
);

it("answers any damage with a sentence or with tensors of the sizes the file has", async () => {
  const damage = fc.oneof(
    fc.record({ cut: fc.nat({ max: good.length - 1 }) }).map(({ cut }) => good.slice(0, cut)),
    fc.record({ at: fc.nat({ max: good.length - 1 }), to: fc.nat({ max: 255 }) }).map(({ at, to }) => {
      const bytes = good.slice();
      bytes[at] = to;
      return bytes;
    }),
    fc.record({ header: fc.json(), size: fc.nat({ max: 50 }) }).map(({ header, size }) => made(header, size)),
    fc
      .array(
        fc.record({
          name: fc.string(),
          from: fc.nat(40),
          to: fc.nat(40),
          shape: fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 3 }),
        }),
      )
      .map((all) =>
        made(`{${all.map(({ name, from, to, shape }) => `${JSON.stringify(name)}:${entry(from, to, shape)}`)}}`, 40),
      ),
  );
  await fc.assert(
    fc.asyncProperty(damage, async (bytes) => {
      try {
        const tensors = await readSafetensors(bytes, { name: "damaged" });
        expect(Object.values(tensors).reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(String(error)).toMatch(/^(Range)?Error: readSafetensors: damaged\b/);
      }
    }),
    { numRuns: 1000, seed: 1 },
  );
});
