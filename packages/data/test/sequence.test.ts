import { arange, reshape, zeros } from "@dl/tensor";
import { expect, it } from "vitest";
import { DataLoader, SequenceDataset } from "../src/index.ts";

it("gives windows and what follows", () => {
  const data = new SequenceDataset(reshape(arange(20), [10, 2]), { length: 4 });
  expect(data.length).toBe(2);
  const [x, y] = data.get(1);
  expect([x.shape, x.at(0, 0).item(), y.at(-1, -1).item()]).toEqual([[4, 2], 8, 17]);
  const [batch] = new DataLoader(data, { batchSize: 2 });
  expect(batch?.map(({ shape }) => shape)).toEqual([
    [2, 4, 2],
    [2, 4, 2],
  ]);
  expect(new SequenceDataset(arange(10), { length: 4, stride: 1 }).length).toBe(6);
  expect(new SequenceDataset(arange(10), { length: 4, stride: 1, shift: 0 }).length).toBe(7);
  expect(new SequenceDataset(arange(5), { length: 4 }).length).toBe(1);
});

it("refuses sequences that are too short, and sizes that are none", () => {
  expect(() => new SequenceDataset(zeros([4]), { length: 4 })).toThrow(
    "SequenceDataset: a window needs 5 steps (length 4, shift 1), got 4",
  );
  expect(() => new SequenceDataset(zeros([4]), { length: 0 })).toThrow(
    "SequenceDataset: length must be a whole number from 1 on, got 0",
  );
  expect(() => new SequenceDataset(arange(5), { length: 4 }).get(1)).toThrow(
    "SequenceDataset: index 1 is out of range for 1 samples",
  );
});
