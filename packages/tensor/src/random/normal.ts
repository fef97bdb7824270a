import { cosSinFloat32, logFloat32 } from "./cephes.ts";
import type { Generator } from "./generator.ts";

/** Draws that PyTorch transforms together: 8 radii and 8 angles give 16 numbers. */
const BLOCK = 16;

/**
 * Fills `out` with normal numbers, `mean + std z`, in the order and, for float32, with the bits of
 * `torch.Tensor.normal_` on a CPU with AVX2.
 *
 * From 16 elements on, all uniform numbers are drawn first and then turned, 16 by 16, into normal ones;
 * when the size is no multiple of 16 the last 16 are drawn anew. Shorter arrays are drawn one by one in float64.
 *
 * Errors: a negative or NaN `std`. Method: Box and Muller (1958).
 *
 * @example
 * fillNormal(new Generator(0), new Float32Array(2), 0, 1); // => [1.5409960746765137, -0.293428897857666]
 */
export function fillNormal<T extends Float32Array | Float64Array>(g: Generator, out: T, mean: number, std: number): T {
  if (!(std >= 0)) throw new RangeError(`normal: std must not be negative, got ${std}`);
  if (out.length < BLOCK) {
    for (let i = 0; i < out.length; i++) out[i] = g.normal() * std + mean;
    return out;
  }
  const single = out instanceof Float32Array;
  const draw = single ? drawFloat32 : drawFloat64;
  const transform = single ? transformFloat32 : transformFloat64;
  draw(g, out, 0);
  for (let start = 0; start + BLOCK <= out.length; start += BLOCK) transform(out, start, mean, std);
  if (out.length % BLOCK !== 0) {
    const start = out.length - BLOCK;
    draw(g, out, start);
    transform(out, start, mean, std);
  }
  return out;
}

function drawFloat32(g: Generator, out: Float32Array | Float64Array, start: number): void {
  for (let i = start; i < out.length; i++) out[i] = g.uniform24();
}

function drawFloat64(g: Generator, out: Float32Array | Float64Array, start: number): void {
  for (let i = start; i < out.length; i++) out[i] = g.uniform53();
}

/** 2π in float32. */
const TWO_PI = 6.2831854820251465;

function transformFloat32(out: Float32Array | Float64Array, start: number, mean: number, std: number): void {
  const center = Math.fround(mean);
  const scale = Math.fround(std);
  for (let j = start; j < start + BLOCK / 2; j++) {
    const radius = Math.fround(Math.sqrt(-2 * logFloat32(1 - (out[j] as number))));
    const [cos, sin] = cosSinFloat32(Math.fround(TWO_PI * (out[j + BLOCK / 2] as number)));
    out[j] = Math.fround(radius * cos) * scale + center;
    out[j + BLOCK / 2] = Math.fround(radius * sin) * scale + center;
  }
}

function transformFloat64(out: Float32Array | Float64Array, start: number, mean: number, std: number): void {
  for (let j = start; j < start + BLOCK / 2; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - (out[j] as number)));
    const theta = 2 * Math.PI * (out[j + BLOCK / 2] as number);
    out[j] = radius * Math.cos(theta) * std + mean;
    out[j + BLOCK / 2] = radius * Math.sin(theta) * std + mean;
  }
}
