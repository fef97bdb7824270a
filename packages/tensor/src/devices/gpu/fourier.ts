import { type FourierAttrs, fourier } from "../../ops/fourier/fourier.ts";
import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, type Operand, runEach, type Scratch } from "./shader.ts";

/**
 * A pass for each factor r of the length n. Before one, position `q l + k` of a line has element k of the transform of
 * length l of every `n / l`-th element from q on; it joins r of those to transforms of length `l r`.
 */
const gpuFourier: GpuKernel<FourierAttrs> = (runtime, [x], output, { dim, inverse, scale }) => {
  checkFloat32("fourier", [x as Tensor]);
  const { shape, size } = x as Tensor;
  const length = shape[dim] as number;
  if (size === 0) return;
  const turns: Scratch = {
    buffer: runtime.filled(2 * length, (memory) => fillTurns(memory, length)),
    type: "f32",
  };
  const radices = radicesOf(length);
  const takeScratch = (): Scratch => ({ buffer: runtime.buffers.take(size), type: "f32" });
  const spare = Array.from({ length: Math.min(2, radices.length - 1) }, takeScratch);
  const target = (pass: number): Operand => (pass === radices.length - 1 ? output : (spare[pass % 2] as Scratch));
  let done = 1;
  for (const [pass, radix] of radices.entries()) {
    const job = {
      inputs: { given: pass === 0 ? (x as Tensor) : target(pass - 1), turns },
      output: target(pass),
      whole: { length, inner: sizeOf(shape.slice(dim + 1)) / 2, done, radix },
      floats: { direction: inverse ? 1 : -1, scale: pass === radices.length - 1 ? scale : 1 },
    };
    runEach(runtime, gpuFourier, "", size / 2, job, () => ({ body: joinTransforms }));
    done *= radix;
  }
  for (const { buffer } of [turns, ...spare]) runtime.buffers.give(buffer);
};

export const fourierKernels = { fourier: [fourier.op, gpuFourier] } as const;

const joinTransforms = `
    let position = index / a.inner % a.length;
    let line = index - position * a.inner;
    let joined = a.done * a.radix;
    let apart = a.length / joined;
    let k = position % joined;
    let first = position / joined * a.done + k % a.done;
    var sum = vec2<f32>();
    // s k modulo joined, step by step: the product may leave 32 bits.
    var turned = 0u;
    for (var s = 0u; s < a.radix; s++) {
      let at = 2u * (line + (first + s * apart * a.done) * a.inner);
      let value = vec2<f32>(given(at), given(at + 1u));
      let turn = 2u * turned * apart;
      let c = turns(turn);
      let d = a.direction * turns(turn + 1u);
      sum += vec2<f32>(value.x * c - value.y * d, value.x * d + value.y * c);
      turned += k;
      if (turned >= joined) { turned -= joined; }
    }
    put(2u * index, sum.x * a.scale);
    put(2u * index + 1u, sum.y * a.scale);`;

/** cos and sin of `2π k / length`, in double. */
function fillTurns(memory: ArrayBuffer, length: number): void {
  const turns = new Float32Array(memory);
  for (let k = 0; k < length; k++) {
    turns[2 * k] = Math.cos((2 * Math.PI * k) / length);
    turns[2 * k + 1] = Math.sin((2 * Math.PI * k) / length);
  }
}

/** Small factors of a number, then its large primes. */
function radicesOf(length: number): number[] {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [8, 5, 4, 3, 2]) {
    for (; rest % radix === 0; rest /= radix) radices.push(radix);
  }
  for (let prime = 7; rest > 1; prime += 2) {
    if (prime * prime > rest) prime = rest;
    for (; rest % prime === 0; rest /= prime) radices.push(prime);
  }
  return radices.length === 0 ? [1] : radices;
}
