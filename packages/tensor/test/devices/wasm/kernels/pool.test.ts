import { describe, expect, test } from "vitest";
import type { Window } from "../../../../src/devices/wasm/window.ts";
import { Arena, builds, expectClose } from "./arena.ts";

const base: Window = {
  batch: 2,
  groups: 1,
  channels: 3,
  height: 13,
  width: 18,
  outputs: 1,
  kernelY: 2,
  kernelX: 2,
  outY: 6,
  outX: 9,
  strideY: 2,
  strideX: 2,
  padY: 0,
  padX: 0,
  dilationY: 1,
  dilationX: 1,
};

const windows: Record<string, Window> = {
  "2x2": base,
  "2x2 rounded up": { ...base, outY: 7 },
  "3x3 overlapping, padded": { ...base, kernelY: 3, kernelX: 3, padY: 1, padX: 1, outY: 7 },
  "3x3 with stride 1, padded": {
    ...base,
    kernelY: 3,
    kernelX: 3,
    strideY: 1,
    strideX: 1,
    padY: 1,
    padX: 1,
    outY: 13,
    outX: 18,
  },
  "the whole plane": { ...base, kernelY: 13, kernelX: 18, outY: 1, outX: 1 },
  "wide windows": { ...base, kernelY: 3, kernelX: 9, strideX: 9, outX: 2 },
  "3x2 with stride 1": { ...base, kernelY: 3, strideY: 1, strideX: 1, outY: 11, outX: 17 },
};

const dilated: Window = { ...base, kernelY: 3, dilationY: 2, dilationX: 3, padY: 1, padX: 1, strideX: 1, outX: 17 };

describe.each(builds)("%s", (_, module) => {
  test.each(Object.entries({ ...windows, dilated }))("largest, %s", (_name, w) => {
    const arena = new Arena(module);
    const planes = w.batch * w.channels;
    const x = arena.random(planes * w.height * w.width).map((value, i) => (i % 5 === 0 ? 0.5 : value));
    x[20] = Number.NaN;
    x[21] = Number.NaN;
    x.fill(-Infinity, 100, 140);
    const size = planes * w.outY * w.outX;
    const dy = arena.random(size);
    const at = arena.window(w);
    const [xAt, dyAt] = [arena.put(x), arena.put(dy)];
    const [y, indices, dx] = [arena.room(4 * size), arena.room(4 * size), arena.room(4 * x.length)];
    arena.kernels.maxPool2d(at, xAt, y, indices);
    arena.kernels.maxPool2dGradient(at, dyAt, indices, dx);

    const expected = {
      y: new Float32Array(size).fill(-Infinity),
      indices: new Int32Array(size).fill(-1),
      dx: new Float64Array(x.length),
    };
    eachTap(w, (out, inPlane, plane) => {
      const value = x[plane * w.height * w.width + inPlane] as number;
      if (expected.indices[out] !== -1 && !(value > (expected.y[out] as number)) && !Number.isNaN(value)) return;
      expected.y[out] = value;
      expected.indices[out] = inPlane;
    });
    dy.forEach((value, i) => {
      const plane = Math.floor(i / (w.outY * w.outX));
      const to = plane * w.height * w.width + (expected.indices[i] as number);
      expected.dx[to] = (expected.dx[to] as number) + value;
    });
    expect(arena.floats(y, size)).toEqual(expected.y);
    expect(arena.ints(indices, size)).toEqual(expected.indices);
    expectClose(arena.floats(dx, x.length), expected.dx, 1e-6);
    arena.expectIntact();
  });

  describe.each(Object.entries(windows))("mean, %s", (_name, w) => {
    test.each([
      [0, 0],
      [1, 0],
      [0, 5],
    ])("padding counts %i, divisor %i", (countPad, divisor) => {
      const arena = new Arena(module);
      const x = arena.random(w.batch * w.channels * w.height * w.width);
      const size = w.batch * w.channels * w.outY * w.outX;
      const dy = arena.random(size);
      const at = arena.window(w);
      const [xAt, dyAt, y, dx] = [arena.put(x), arena.put(dy), arena.room(4 * size), arena.room(4 * x.length)];
      arena.kernels.avgPool2d(at, xAt, y, countPad, divisor);
      arena.kernels.avgPool2dGradient(at, dyAt, dx, countPad, divisor);
      const counts = new Float64Array(size);
      eachTap(w, (out) => {
        counts[out] = (counts[out] as number) + 1;
      });
      if (countPad === 1) counts.set(counts.map((_count, out) => paddedCount(w, out)));
      if (divisor > 0) counts.fill(divisor);
      const expected = { y: new Float64Array(size), dx: new Float64Array(x.length) };
      eachTap(w, (out, inPlane, plane) => {
        const from = plane * w.height * w.width + inPlane;
        expected.y[out] = (expected.y[out] as number) + (x[from] as number) / (counts[out] as number);
        expected.dx[from] = (expected.dx[from] as number) + (dy[out] as number) / (counts[out] as number);
      });
      expectClose(arena.floats(y, size), expected.y, 1e-6);
      expectClose(arena.floats(dx, x.length), expected.dx, 1e-6);
      arena.expectIntact();
    });
  });
});

/** Elements of the window of one output in the padded image. */
function paddedCount(w: Window, out: number): number {
  const top = (Math.floor(out / w.outX) % w.outY) * w.strideY - w.padY;
  const left = (out % w.outX) * w.strideX - w.padX;
  const height = Math.min(top + w.kernelY, w.height + w.padY) - top;
  return height * (Math.min(left + w.kernelX, w.width + w.padX) - left);
}

/** Calls back with output, flat index in the plane, and plane of every element inside a window, in order. */
function eachTap(w: Window, visit: (out: number, inPlane: number, plane: number) => void): void {
  for (let out = 0; out < w.batch * w.channels * w.outY * w.outX; out++) {
    const plane = Math.floor(out / (w.outY * w.outX));
    for (let ky = 0; ky < w.kernelY; ky++) {
      for (let kx = 0; kx < w.kernelX; kx++) {
        const y = (Math.floor(out / w.outX) % w.outY) * w.strideY - w.padY + ky * w.dilationY;
        const x = (out % w.outX) * w.strideX - w.padX + kx * w.dilationX;
        if (y >= 0 && y < w.height && x >= 0 && x < w.width) visit(out, y * w.width + x, plane);
      }
    }
  }
}
