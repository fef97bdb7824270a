import { expect, test } from "vitest";
import { progress } from "../../src/ui/progress.ts";
import { Recorder } from "../surroundings.ts";

/** A clock that is 1 s further at each look. */
function clock(): () => number {
  let seconds = 0;
  return () => 1000 * seconds++;
}

test("without a terminal: one line per tenth", () => {
  const stream = new Recorder();
  const bar = progress(1000, { label: "epoch 1/3", unit: "images" }, { stream, now: clock() });
  for (let done = 64; done < 1000; done += 64) bar.update(done, { loss: 0.5, accuracy: 0.9375 });
  bar.update(992, { loss: 0.25, accuracy: 1 });
  bar.update(1000);
  bar.stop();
  const lines = stream.text.trimEnd().split("\n");
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe("epoch 1/3  12 % · loss 0.5000 · accuracy 93.8 % · 128 images/s · 7 s left");
  expect(lines[9]).toBe("epoch 1/3 100 % · loss 0.2500 · accuracy 100.0 % · 100 images/s · 10 s");
});

test("on a terminal: a live bar, lines above it, a second stop does nothing", () => {
  const stream = new Recorder(true);
  const bar = progress(10, { label: "work" }, { stream, now: clock() });
  bar.update(5, { loss: 1 });
  bar.log("note");
  bar.stop();
  const before = stream.text;
  bar.stop();
  bar.update(6);
  expect(stream.text).toBe(before);
  expect(before).toContain("note\n");
  expect(before).toMatch(/work █+░* +50 % · loss 1\.0000/);
});

test("a total that is no positive number", () => {
  expect(() => progress(0)).toThrow("progress: total is 0, wanted above 0");
  expect(() => progress(Number.NaN)).toThrow("progress: total is NaN, wanted above 0");
});
