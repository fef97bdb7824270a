/** Optimizer steps over `count` elements in one pass, with PyTorch's formulas and order of operations. */
import { madd } from "./simd";

/**
 * g += weightDecay p; with momentum b = momentum b + (1 - dampening) g (b = g where `first`), g = b or, with nesterov,
 * g + momentum b; p -= rate g. `buffer` is 0 without momentum. With `maximize` the gradient's sign turns.
 */
export function sgdStep(
  p: usize,
  gradient: usize,
  buffer: usize,
  count: i32,
  rate: f64,
  momentum: f64,
  dampening: f64,
  weightDecay: f64,
  nesterov: i32,
  maximize: i32,
  first: i32,
): void {
  const bytes: usize = count * 4;
  const decay = f32x4.splat(<f32>weightDecay);
  const keep = f32x4.splat(<f32>momentum);
  const take = f32x4.splat(<f32>(1 - dampening));
  const step = f32x4.splat(<f32>-rate);
  const decays = weightDecay != 0;
  for (let i: usize = 0; i < bytes; ) {
    const whole = i + 16 <= bytes;
    const old = read(p + i, whole);
    let g = read(gradient + i, whole);
    if (maximize != 0) g = f32x4.neg(g);
    if (decays) g = madd(decay, old, g);
    if (buffer != 0) {
      let b = g;
      if (first == 0) {
        const before = read(buffer + i, whole);
        b = madd(take, g, f32x4.mul(keep, before));
      }
      write(buffer + i, b, whole);
      g = nesterov != 0 ? madd(keep, b, g) : b;
    }
    const next = madd(step, g, old);
    write(p + i, next, whole);
    i += whole ? 16 : 4;
  }
}

/**
 * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
 * p -= rate / correction1 * m / (sqrt(v) / sqrt(correction2) + eps), where correction = 1 - beta^t.
 *
 * weightDecay is added to the gradient, or with `decoupled` 1 (AdamW) p *= 1 - rate weightDecay comes first. `largest` (0
 * for none) keeps the maximum of v for AMSGrad.
 */
export function adamStep(
  p: usize,
  gradient: usize,
  m: usize,
  v: usize,
  largest: usize,
  count: i32,
  rate: f64,
  beta1: f64,
  beta2: f64,
  eps: f64,
  weightDecay: f64,
  decoupled: i32,
  maximize: i32,
  correction1: f64,
  correction2: f64,
): void {
  const bytes: usize = count * 4;
  const coupled = weightDecay != 0 && decoupled == 0;
  const decay = f32x4.splat(<f32>weightDecay);
  const shrink = f32x4.splat(decoupled != 0 ? <f32>(1 - rate * weightDecay) : 1);
  const keep1 = f32x4.splat(<f32>beta1);
  const take1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2);
  const take2 = f32x4.splat(<f32>(1 - beta2));
  const step = f32x4.splat(<f32>(-rate / correction1));
  const root = f32x4.splat(<f32>sqrt(correction2));
  const small = f32x4.splat(<f32>eps);
  for (let i: usize = 0; i < bytes; ) {
    const whole = i + 16 <= bytes;
    let old = read(p + i, whole);
    let g = read(gradient + i, whole);
    if (maximize != 0) g = f32x4.neg(g);
    if (coupled) g = madd(decay, old, g);
    old = f32x4.mul(old, shrink);
    const mean = madd(take1, g, f32x4.mul(keep1, read(m + i, whole)));
    const square = madd(f32x4.mul(take2, g), g, f32x4.mul(keep2, read(v + i, whole)));
    write(m + i, mean, whole);
    write(v + i, square, whole);
    let scale = square;
    if (largest != 0) {
      scale = f32x4.max(read(largest + i, whole), square);
      write(largest + i, scale, whole);
    }
    const divisor = f32x4.add(f32x4.div(f32x4.sqrt(scale), root), small);
    write(p + i, madd(step, f32x4.div(mean, divisor), old), whole);
    i += whole ? 16 : 4;
  }
}

@inline
function read(address: usize, whole: bool): v128 {
  return whole ? v128.load(address) : v128.load32_zero(address);
}

@inline
function write(address: usize, x: v128, whole: bool): void {
  if (whole) v128.store(address, x);
  else v128.store_lane<f32>(address, x, 0);
}
