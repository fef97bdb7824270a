import { describe, expect, test } from "vitest";
import type { Window } from "../../../../src/devices/wasm/window.ts";
import { Arena, builds, expectClose } from "./arena.ts";

const plain = { batch: 2, groups: 1, strideY: 1, strideX: 1, padY: 0, padX: 0, dilationY: 1, dilationX: 1 };

const windows: Record<string, Omit<Window, "outY" | "outX">> = {
  "3x3 on one channel": sized(1, 28, 28, 16, 3, 3, { padY: 1, padX: 1 }),
  "3x3 on a small image": sized(9, 7, 7, 13, 3, 3, { padY: 1, padX: 1 }),
  "5x5 that gives one pixel": sized(4, 5, 5, 6, 5, 5, {}),
  "stride 2": sized(3, 11, 13, 5, 3, 3, { strideY: 2, strideX: 2, padY: 1, padX: 1 }),
  "unequal axes and groups": sized(3, 11, 13, 7, 3, 2, { groups: 2, strideY: 2, strideX: 3, padX: 1, dilationY: 2 }),
  "1x1": sized(5, 4, 4, 9, 1, 1, {}),
  "1x1 with stride 2": sized(5, 5, 4, 9, 1, 1, { strideY: 2, strideX: 2 }),
  "more padding than kernel": sized(2, 4, 4, 3, 2, 2, { padY: 3, padX: 2 }),
  "more padding than kernel, many channels": sized(5, 4, 4, 3, 2, 2, { padY: 3, padX: 2 }),
  dilation: sized(6, 9, 9, 4, 3, 3, { padY: 2, padX: 2, dilationY: 2, dilationX: 2 }),
  depthwise: sized(1, 8, 8, 1, 3, 3, { groups: 6, padY: 1, padX: 1 }),
  "depthwise with stride 2": sized(1, 15, 13, 1, 3, 3, { groups: 5, strideY: 2, strideX: 2, padY: 1, padX: 1 }),
  "depthwise, 5x5 on narrow images": sized(1, 6, 3, 1, 5, 5, { groups: 3, padY: 2, padX: 2 }),
  "depthwise, dilated": sized(1, 9, 14, 1, 2, 3, { groups: 4, padX: 3, dilationY: 3, dilationX: 2 }),
  "depthwise on one line": sized(1, 1, 21, 1, 1, 4, { groups: 3, padX: 1 }),
  "7x7 with stride 2": sized(3, 30, 31, 13, 7, 7, { strideY: 2, strideX: 2, padY: 3, padX: 3 }),
};

/** These go through Winograd, whose error hangs on the size of the sums and not of the single result. */
const winogradWindows: typeof windows = {
  "3x3 on many channels": sized(16, 14, 14, 32, 3, 3, { padY: 1, padX: 1 }),
  "3x3 on many channels, odd sizes": sized(17, 9, 7, 19, 3, 3, { batch: 3, padY: 1, padX: 1 }),
  "3x3 on many channels, groups": sized(16, 8, 11, 21, 3, 3, { groups: 2, padX: 2 }),
  "3x3 on many channels, several blocks of tiles": sized(16, 30, 26, 16, 3, 3, { padY: 1 }),
};

/** The largest error, then the root mean square relative to that of the values, as runs of both builds gave them. */
const plainErrors = { largest: 3e-6, ofWeight: 1e-5, relative: 4e-7, relativeOfWeight: 1e-6 };
const winogradErrors = { largest: 2e-5, ofWeight: 4e-5, relative: 8e-7, relativeOfWeight: 1.2e-6 };

const everyWindow = [
  ...Object.entries(windows).map(([name, window]) => [name, window, plainErrors] as const),
  ...Object.entries(winogradWindows).map(([name, window]) => [name, window, winogradErrors] as const),
];

describe.each(builds)("%s", (_, module) => {
  test.each(everyWindow)("%s", (_name, given, errors) => {
    const w = completed(given);
    const arena = new Arena(module);
    const { kernels } = arena;
    const outputs = w.groups * w.outputs;
    const x = arena.random(w.batch * w.groups * w.channels * w.height * w.width);
    const weight = arena.random(outputs * w.channels * w.kernelY * w.kernelX);
    const bias = arena.random(outputs);
    const dy = arena.random(w.batch * outputs * w.outY * w.outX);
    const at = arena.window(w);
    const [xAt, weightAt, biasAt, dyAt] = [arena.put(x), arena.put(weight), arena.put(bias), arena.put(dy)];
    const [y, dx, dweight] = [arena.room(4 * dy.length), arena.room(4 * x.length), arena.room(4 * weight.length)];
    kernels.conv2d(at, xAt, weightAt, biasAt, y, arena.room(kernels.conv2dScratch(at)));
    kernels.conv2dInputGradient(at, dyAt, weightAt, dx, arena.room(kernels.conv2dInputGradientScratch(at)));
    kernels.conv2dWeightGradient(at, xAt, dyAt, dweight, arena.room(kernels.conv2dWeightGradientScratch(at)));

    const expected = {
      y: new Float64Array(dy.length),
      dx: new Float64Array(x.length),
      dweight: new Float64Array(weight.length),
    };
    for (let i = 0; i < dy.length; i++) expected.y[i] = bias[Math.floor(i / (w.outY * w.outX)) % outputs] as number;
    eachProduct(w, (xi, wi, yi) => {
      add(expected.y, yi, (x[xi] as number) * (weight[wi] as number));
      add(expected.dx, xi, (dy[yi] as number) * (weight[wi] as number));
      add(expected.dweight, wi, (dy[yi] as number) * (x[xi] as number));
    });
    expectClose(arena.floats(y, dy.length), expected.y, errors.largest);
    expectClose(arena.floats(dx, x.length), expected.dx, errors.largest);
    expectClose(arena.floats(dweight, weight.length), expected.dweight, errors.ofWeight);
    expect(relativeError(arena.floats(y, dy.length), expected.y)).toBeLessThan(errors.relative);
    expect(relativeError(arena.floats(dx, x.length), expected.dx)).toBeLessThan(errors.relative);
    expect(relativeError(arena.floats(dweight, weight.length), expected.dweight)).toBeLessThan(errors.relativeOfWeight);
    arena.expectIntact();
  });

  test.each(Object.entries({ ...windows, ...winogradWindows }))(
    "tiles twice as wide give the same bits, %s",
    (_n, given) => {
      const w = completed(given);
      const arena = new Arena(module);
      const { kernels } = arena;
      const sizes = {
        x: w.batch * w.groups * w.channels * w.height * w.width,
        weight: w.groups * w.outputs * w.channels * w.kernelY * w.kernelX,
        y: w.batch * w.groups * w.outputs * w.outY * w.outX,
      };
      const at = arena.window(w);
      const [x, weight, bias, dy] = [
        arena.put(arena.random(sizes.x)),
        arena.put(arena.random(sizes.weight)),
        arena.put(arena.random(w.groups * w.outputs)),
        arena.put(arena.random(sizes.y)),
      ];
      const results = [0, 1].map((double) => {
        kernels.useDoubleTiles(double);
        const [y, dx, dweight] = [arena.room(4 * sizes.y), arena.room(4 * sizes.x), arena.room(4 * sizes.weight)];
        kernels.conv2d(at, x, weight, bias, y, arena.room(kernels.conv2dScratch(at)));
        kernels.conv2dInputGradient(at, dy, weight, dx, arena.room(kernels.conv2dInputGradientScratch(at)));
        kernels.conv2dWeightGradient(at, x, dy, dweight, arena.room(kernels.conv2dWeightGradientScratch(at)));
        return [arena.floats(y, sizes.y), arena.floats(dx, sizes.x), arena.floats(dweight, sizes.weight)];
      });
      expect(results[1]).toEqual(results[0]);
      arena.expectIntact();
    },
  );

  test("gives an image the bits that it has in a batch", () => {
    const w = completed(sized(16, 9, 13, 17, 3, 3, { batch: 5, padY: 1, padX: 1 }));
    const arena = new Arena(module);
    const inputs = w.channels * w.height * w.width;
    const outputs = w.outputs * w.outY * w.outX;
    const x = arena.put(arena.random(w.batch * inputs));
    const weight = arena.put(arena.random(w.outputs * w.channels * 9));
    const [all, one] = [arena.window(w), arena.window({ ...w, batch: 1 })];
    const [many, single] = [arena.room(4 * w.batch * outputs), arena.room(4 * outputs)];
    const scratch = arena.room(arena.kernels.conv2dScratch(all));
    arena.kernels.conv2d(all, x, weight, 0, many, scratch);
    arena.kernels.conv2d(one, x + 4 * 3 * inputs, weight, 0, single, scratch);
    expect(arena.floats(single, outputs)).toEqual(arena.floats(many + 4 * 3 * outputs, outputs));
    arena.expectIntact();
  });

  test.each(Object.entries({ ...windows, ...winogradWindows }))("columns, %s", (_name, given) => {
    const w = { ...completed(given), groups: 1 };
    const arena = new Arena(module);
    const pixels = w.outY * w.outX;
    const area = w.height * w.width;
    const image = arena.random(w.channels * area);
    const count = w.channels * w.kernelY * w.kernelX * pixels;
    const at = arena.window(w);
    const columns = arena.room(4 * count);
    const back = arena.room(4 * image.length);
    arena.kernels.im2col(at, arena.put(image), columns);
    arena.kernels.col2im(at, columns, back);
    const expected = { columns: new Float32Array(count), back: new Float64Array(image.length) };
    eachProduct({ ...w, batch: 1, outputs: 1 }, (xi, wi, yi) => {
      expected.columns[wi * pixels + yi] = image[xi] as number;
      add(expected.back, xi, image[xi] as number);
    });
    expect(arena.floats(columns, count)).toEqual(expected.columns);
    expectClose(arena.floats(back, image.length), expected.back, 1e-6);
    arena.expectIntact();
  });
});

function sized(
  channels: number,
  height: number,
  width: number,
  outputs: number,
  kernelY: number,
  kernelX: number,
  rest: Partial<Window>,
): Omit<Window, "outY" | "outX"> {
  return { ...plain, channels, height, width, outputs, kernelY, kernelX, ...rest };
}

function completed(w: Omit<Window, "outY" | "outX">): Window {
  return {
    ...w,
    outY: Math.floor((w.height + 2 * w.padY - w.dilationY * (w.kernelY - 1) - 1) / w.strideY) + 1,
    outX: Math.floor((w.width + 2 * w.padX - w.dilationX * (w.kernelX - 1) - 1) / w.strideX) + 1,
  };
}

/** Root mean square of the error over that of the values. */
function relativeError(actual: Float32Array, expected: Float64Array): number {
  let error = 0;
  let size = 0;
  actual.forEach((value, i) => {
    error += (value - (expected[i] as number)) ** 2;
    size += (expected[i] as number) ** 2;
  });
  return Math.sqrt(error / size);
}

function add(into: Float64Array, at: number, value: number): void {
  into[at] = (into[at] as number) + value;
}

/** Calls back with the indices of x, weight and y of every product of the convolution. */
function eachProduct(w: Window, visit: (x: number, weight: number, y: number) => void): void {
  for (let n = 0; n < w.batch; n++) {
    for (let o = 0; o < w.groups * w.outputs; o++) {
      const group = Math.floor(o / w.outputs);
      for (let oy = 0; oy < w.outY; oy++) {
        for (let ox = 0; ox < w.outX; ox++) {
          const yi = ((n * w.groups * w.outputs + o) * w.outY + oy) * w.outX + ox;
          for (let tap = 0; tap < w.channels * w.kernelY * w.kernelX; tap++) {
            const c = Math.floor(tap / (w.kernelY * w.kernelX));
            const iy = oy * w.strideY - w.padY + (Math.floor(tap / w.kernelX) % w.kernelY) * w.dilationY;
            const ix = ox * w.strideX - w.padX + (tap % w.kernelX) * w.dilationX;
            if (iy < 0 || iy >= w.height || ix < 0 || ix >= w.width) continue;
            const plane = (n * w.groups + group) * w.channels + c;
            visit((plane * w.height + iy) * w.width + ix, o * w.channels * w.kernelY * w.kernelX + tap, yi);
          }
        }
      }
    }
  }
}
