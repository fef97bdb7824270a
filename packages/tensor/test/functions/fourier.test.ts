import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const generator = new dl.Generator(5);
const random = (...shape: number[]): dl.Tensor => dl.randn(shape, { generator, dtype: "float64" });

/** Measured: 3e-14 at most. */
function expectClose(found: dl.Tensor, wanted: dl.Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  expect(dl.amax(dl.abs(dl.sub(found, wanted))).item()).toBeLessThan(3e-13);
}

/** The definition. */
function slowFft(x: dl.Tensor): dl.Tensor {
  const n = x.shape[0] as number;
  const data = x.toArray();
  const out = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    for (let t = 0; t < n; t++) {
      const angle = (-2 * Math.PI * ((k * t) % n)) / n;
      const [re, im] = [data[2 * t] as number, data[2 * t + 1] as number];
      out[2 * k] = (out[2 * k] as number) + re * Math.cos(angle) - im * Math.sin(angle);
      out[2 * k + 1] = (out[2 * k + 1] as number) + re * Math.sin(angle) + im * Math.cos(angle);
    }
  }
  return dl.tensor(out, { shape: [n, 2] });
}

const lengths = [1, 2, 3, 4, 5, 6, 8, 12, 15, 16, 30, 31, 37, 49, 64, 74, 97, 100];

describe.each(lengths)("length %d", (n) => {
  test("is its definition, and goes back", () => {
    const x = random(n, 2);
    expectClose(dl.fft(x), slowFft(x));
    for (const norm of ["backward", "ortho", "forward"] as const)
      expectClose(dl.ifft(dl.fft(x, { norm }), { norm }), x);
  });

  test("of real numbers is the first half, and goes back", () => {
    const x = random(n);
    const half = dl.rfft(x);
    expectClose(half, dl.narrow(dl.fft(dl.complex(x)), 0, 0, Math.floor(n / 2) + 1));
    expectClose(dl.irfft(half, { n }), x);
    expectClose(dl.hfft(dl.ihfft(x), { n }), x);
  });
});

test("several dimensions are one after the other", () => {
  const x = random(3, 4, 5, 2);
  expectClose(dl.fftn(x, { dim: [0, 2] }), dl.fft(dl.fft(x, { dim: 0 }), { dim: 2 }));
  expectClose(dl.fft2(x), dl.fftn(x, { dim: [1, 2] }));
  expectClose(dl.ifftn(dl.fftn(x)), x);
  expectClose(dl.ifft2(dl.fft2(x, { s: [6, 5] })), dl.pad(x, [0, 0, 0, 0, 0, 2]));
  const real = random(3, 4, 5);
  expectClose(dl.irfftn(dl.rfftn(real), { s: [3, 4, 5] }), real);
  expectClose(dl.irfft2(dl.rfft2(real), { s: [-1, 5] }), real);
  expectClose(dl.hfftn(dl.ihfftn(real), { s: [3, 4, 5] }), real);
  expectClose(dl.hfft2(dl.ihfft2(real), { s: [4, 5] }), real);
});

test("lengths cut off and fill up", () => {
  const x = random(4, 2);
  expectClose(dl.fft(x, { n: 2 }), dl.fft(dl.narrow(x, 0, 0, 2)));
  expectClose(dl.fft(x, { n: 7 }), dl.fft(dl.pad(x, [0, 0, 0, 3])));
});

test("frequencies and shifts", () => {
  expect(dl.fftfreq(5, { d: 0.5, dtype: "float64" }).tolist()).toEqual([0, 0.4, 0.8, -0.8, -0.4]);
  expect(dl.rfftfreq(5, { dtype: "float64" }).tolist()).toEqual([0, 0.2, 0.4]);
  const x = dl.arange(12).reshape([3, 4]);
  expect(dl.fftshift(x).tolist()).toEqual([
    [10, 11, 8, 9],
    [2, 3, 0, 1],
    [6, 7, 4, 5],
  ]);
  expect(dl.ifftshift(dl.fftshift(x)).tolist()).toEqual(x.tolist());
  expect(dl.fftshift(x, { dim: 1 }).tolist()).toEqual(dl.roll(x, 2, { dims: 1 }).tolist());
});

describe("stft", () => {
  const x = random(2, 50);
  const window = dl.hannWindow(12, { dtype: "float64" });

  test.each([{}, { onesided: false }, { normalized: true, window, winLength: 12 }, { hopLength: 5 }])(
    "%j goes back",
    (options) => {
      const frames = dl.stft(x, 16, options);
      expectClose(dl.istft(frames, 16, { ...options, length: 50 }), x);
    },
  );

  test("a frame is the transform of its part of the signal", () => {
    const frames = dl.stft(x, 12, { hopLength: 4, window, center: false });
    const part = dl.mul(dl.narrow(x, 1, 8, 12), window);
    expectClose(dl.select(frames, 2, 2), dl.rfft(part));
  });

  test("a longer result is filled up with zeros", () => {
    const frames = dl.stft(dl.select(x, 0, 0), 8);
    expect(dl.istft(frames, 8, { length: 60 }).shape).toEqual([60]);
    expect(dl.istft(frames, 8).shape).toEqual([50]);
  });
});
