/**
 * log, cos and sin in float32 as the Cephes library computes them, with each product that meets a sum
 * fused into it (rounded once). PyTorch's vectorised `normal_` does exactly this, and the last bits of
 * its normal numbers come from here. The fused step rounds through float64; the chance that this
 * shows is about 2⁻²⁹ a step.
 *
 * Source: Moshier, Cephes Mathematical Library, single/logf.c, single/sinf.c
 * The constants are float32 numbers.
 */
const SQRT_HALF = 0.7071067690849304;
const LOG_COEFFICIENTS: readonly number[] = [
  0.07037683576345444, -0.11514610052108765, 0.11676998436450958, -0.12420140951871872, 0.14249323308467865,
  -0.16668057441711426, 0.2000071406364441, -0.24999994039535522, 0.3333333134651184,
];
const LN2_LOW = -0.00021219444170128554;
const LN2_HIGH = 0.693359375;

/** Natural logarithm of a float32 in [2⁻¹²⁶, ∞). */
export function logFloat32(value: number): number {
  let exponent = 0;
  let mantissa = value;
  while (mantissa < 0.5) {
    mantissa *= 2;
    exponent -= 1;
  }
  while (mantissa >= 1) {
    mantissa /= 2;
    exponent += 1;
  }
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent -= 1;
  }
  const x = mantissa - 1;
  const z = Math.fround(x * x);
  const y = Math.fround(horner(LOG_COEFFICIENTS, x) * x);
  const tail = Math.fround(y * z + Math.fround(exponent * LN2_LOW));
  return Math.fround(exponent * LN2_HIGH + Math.fround(x + Math.fround(tail - 0.5 * z)));
}

const FOUR_OVER_PI = 1.2732394933700562;
/** π/4 in three parts, so that `angle - octant π/4` keeps its low bits. */
const QUARTER_PI_1 = 0.78515625;
const QUARTER_PI_2 = 0.00024187564849853516;
const QUARTER_PI_3 = 3.774895063202166e-8;
const SIN_COEFFICIENTS: readonly number[] = [-0.00019515295571181923, 0.008332161232829094, -0.16666655242443085];
const COS_COEFFICIENTS: readonly number[] = [2.44331567955669e-5, -0.0013887316454201937, 0.04166664555668831];

/** `[cos(angle), sin(angle)]` of a float32 in [0, 8192). */
export function cosSinFloat32(angle: number): readonly [cos: number, sin: number] {
  const octant = (Math.trunc(Math.fround(angle * FOUR_OVER_PI)) + 1) & ~1;
  let x = Math.fround(angle - octant * QUARTER_PI_1);
  x = Math.fround(x - octant * QUARTER_PI_2);
  x = Math.fround(x - octant * QUARTER_PI_3);
  const z = Math.fround(x * x);
  const even = Math.fround(Math.fround(Math.fround(horner(COS_COEFFICIENTS, z) * z) * z - 0.5 * z) + 1);
  const odd = Math.fround(Math.fround(horner(SIN_COEFFICIENTS, z) * z) * x + x);
  const swapped = (octant & 2) !== 0;
  const cos = swapped ? odd : even;
  const sin = swapped ? even : odd;
  return [((octant - 2) & 4) === 0 ? -cos : cos, (octant & 4) === 0 ? sin : -sin];
}

function horner(coefficients: readonly number[], x: number): number {
  let y = coefficients[0] as number;
  for (let i = 1; i < coefficients.length; i++) y = Math.fround(y * x + (coefficients[i] as number));
  return y;
}
