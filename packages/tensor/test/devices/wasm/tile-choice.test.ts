import { afterEach, expect, test, vi } from "vitest";
import { type Multiplier, TileChoice } from "../../../src/devices/wasm/tile-choice.ts";

afterEach(() => vi.restoreAllMocks());

test("tiles twice as wide are chosen where they are faster, for good", () => {
  const engine = fake({ single: 60, double: 35 });
  const tiles = new TileChoice();
  tiles.add(2 ** 28, engine);
  expect(engine.calls).toBe(0);
  tiles.add(2 ** 28, engine);
  expect(engine.choice).toBe(1);
  const { calls } = engine;
  tiles.add(2 ** 40, engine);
  expect(engine.calls).toBe(calls);
});

test("the others stay where the gain is small, after three measurements at most", () => {
  const engine = fake({ single: 60, double: 56 });
  const tiles = new TileChoice();
  for (let i = 0; i < 100; i++) tiles.add(2 ** 28, engine);
  const perMeasurement = engine.calls / 3;
  expect(perMeasurement % 1).toBe(0);
  expect(engine.choice).toBe(0);
});

test("what was slow at first, before the engine optimized it, is measured again", () => {
  const speeds = { single: 60, double: 300 };
  const engine = fake(speeds);
  const tiles = new TileChoice();
  tiles.add(2 ** 29, engine);
  expect(engine.choice).toBe(0);
  speeds.double = 35;
  tiles.add(2 ** 31, engine);
  expect(engine.choice).toBe(1);
});

test("a coarse clock decides nothing", () => {
  const engine = fake({ single: 60, double: 35 }, 1);
  new TileChoice().add(2 ** 40, engine);
  expect([engine.choice, engine.calls]).toEqual([0, 0]);
});

/** An engine whose products take so many microseconds, and a clock that ticks after so many milliseconds. */
function fake(speeds: { readonly single: number; readonly double: number }, tick = 0.001) {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += tick / 4;
    return tick * Math.floor(now / tick);
  });
  const engine = {
    choice: 0,
    calls: 0,
    memory: new WebAssembly.Memory({ initial: 16 }),
    withScratch: <T>(_bytes: number, body: (address: number) => T): T => body(0),
    kernels: {
      gemmScratch: () => 64,
      gemm: () => {
        engine.calls++;
        now += (engine.choice === 1 ? speeds.double : speeds.single) / 1000;
      },
      useDoubleTiles: (on: number) => {
        engine.choice = on;
      },
    },
  } satisfies Multiplier & { choice: number; calls: number };
  return engine;
}
