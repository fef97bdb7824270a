import { sigmoid } from "../ops/elementwise/activation.ts";
import {
  type AddOptions,
  add,
  type DivOptions,
  div,
  mul,
  neg,
  reciprocal,
  square,
  sub,
} from "../ops/elementwise/arithmetic.ts";
import { addcdiv, addcmul, lerp, type NanToNumOptions, nanToNum, type ValueOptions } from "../ops/elementwise/blend.ts";
import { eq, ge, gt, le, lt, ne } from "../ops/elementwise/comparison.ts";
import { floorDivide, fmod, gcd, lcm, remainder } from "../ops/elementwise/division.ts";
import {
  bitwiseAnd,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
} from "../ops/elementwise/logic.ts";
import { exp, exp2, expm1, log, log1p, log2, log10, pow, rsqrt, sqrt, xlogy } from "../ops/elementwise/power.ts";
import { celu, elu, hardtanh, leakyRelu, relu, relu6, selu, threshold } from "../ops/elementwise/rectifiers.ts";
import {
  abs,
  ceil,
  copysign,
  floor,
  frac,
  type RoundOptions,
  round,
  sign,
  trunc,
} from "../ops/elementwise/rounding.ts";
import { digamma, erf, erfc, erfinv, type LogitOptions, lgamma, logit } from "../ops/elementwise/special.ts";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cos,
  cosh,
  deg2rad,
  hypot,
  rad2deg,
  sin,
  sinc,
  sinh,
  tan,
  tanh,
} from "../ops/elementwise/trigonometry.ts";
import { inPlace } from "../ops/in-place.ts";
import type { Tensor } from "../tensor.ts";
import { type RreluOptions, rrelu } from "./activation.ts";
import { type ClampOptions, clamp } from "./clamp.ts";

/*
 * The in-place forms: `add_(x, y)` writes `add(x, y)` over `x` and returns `x`. Shape and dtype of `x` stay, so `y` must
 * broadcast to it; everything is checked before the first element changes.
 */

export const abs_ = (x: Tensor): Tensor => inPlace("abs_", x, (old) => abs(old));
export const acos_ = (x: Tensor): Tensor => inPlace("acos_", x, (old) => acos(old));
export const acosh_ = (x: Tensor): Tensor => inPlace("acosh_", x, (old) => acosh(old));
export const add_ = (x: Tensor, y: Tensor | number, options: AddOptions = {}): Tensor =>
  inPlace("add_", x, (old) => add(old, y, options));
export const addcdiv_ = (x: Tensor, y: Tensor, z: Tensor, options: ValueOptions = {}): Tensor =>
  inPlace("addcdiv_", x, (old) => addcdiv(old, y, z, options));
export const addcmul_ = (x: Tensor, y: Tensor, z: Tensor, options: ValueOptions = {}): Tensor =>
  inPlace("addcmul_", x, (old) => addcmul(old, y, z, options));
export const asin_ = (x: Tensor): Tensor => inPlace("asin_", x, (old) => asin(old));
export const asinh_ = (x: Tensor): Tensor => inPlace("asinh_", x, (old) => asinh(old));
export const atan_ = (x: Tensor): Tensor => inPlace("atan_", x, (old) => atan(old));
export const atan2_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("atan2_", x, (old) => atan2(old, y));
export const atanh_ = (x: Tensor): Tensor => inPlace("atanh_", x, (old) => atanh(old));
export const bitwiseAnd_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("bitwiseAnd_", x, (old) => bitwiseAnd(old, y));
export const bitwiseLeftShift_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("bitwiseLeftShift_", x, (old) => bitwiseLeftShift(old, y));
export const bitwiseNot_ = (x: Tensor): Tensor => inPlace("bitwiseNot_", x, (old) => bitwiseNot(old));
export const bitwiseOr_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("bitwiseOr_", x, (old) => bitwiseOr(old, y));
export const bitwiseRightShift_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("bitwiseRightShift_", x, (old) => bitwiseRightShift(old, y));
export const bitwiseXor_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("bitwiseXor_", x, (old) => bitwiseXor(old, y));
export const ceil_ = (x: Tensor): Tensor => inPlace("ceil_", x, (old) => ceil(old));
export const celu_ = (x: Tensor, options: { alpha?: number } = {}): Tensor =>
  inPlace("celu_", x, (old) => celu(old, options));
export const clamp_ = (x: Tensor, options: ClampOptions): Tensor => inPlace("clamp_", x, (old) => clamp(old, options));
export const copysign_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("copysign_", x, (old) => copysign(old, y));
export const cos_ = (x: Tensor): Tensor => inPlace("cos_", x, (old) => cos(old));
export const cosh_ = (x: Tensor): Tensor => inPlace("cosh_", x, (old) => cosh(old));
export const deg2rad_ = (x: Tensor): Tensor => inPlace("deg2rad_", x, (old) => deg2rad(old));
export const digamma_ = (x: Tensor): Tensor => inPlace("digamma_", x, (old) => digamma(old));
export const div_ = (x: Tensor, y: Tensor | number, options: DivOptions = {}): Tensor =>
  inPlace("div_", x, (old) => div(old, y, options));
export const elu_ = (x: Tensor, options: { alpha?: number } = {}): Tensor =>
  inPlace("elu_", x, (old) => elu(old, options));
export const eq_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("eq_", x, (old) => eq(old, y));
export const erf_ = (x: Tensor): Tensor => inPlace("erf_", x, (old) => erf(old));
export const erfc_ = (x: Tensor): Tensor => inPlace("erfc_", x, (old) => erfc(old));
export const erfinv_ = (x: Tensor): Tensor => inPlace("erfinv_", x, (old) => erfinv(old));
export const exp_ = (x: Tensor): Tensor => inPlace("exp_", x, (old) => exp(old));
export const exp2_ = (x: Tensor): Tensor => inPlace("exp2_", x, (old) => exp2(old));
export const expm1_ = (x: Tensor): Tensor => inPlace("expm1_", x, (old) => expm1(old));
export const floor_ = (x: Tensor): Tensor => inPlace("floor_", x, (old) => floor(old));
export const floorDivide_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("floorDivide_", x, (old) => floorDivide(old, y));
export const fmod_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("fmod_", x, (old) => fmod(old, y));
export const frac_ = (x: Tensor): Tensor => inPlace("frac_", x, (old) => frac(old));
export const gcd_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("gcd_", x, (old) => gcd(old, y));
export const ge_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("ge_", x, (old) => ge(old, y));
export const gt_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("gt_", x, (old) => gt(old, y));
export const hardtanh_ = (x: Tensor, options: { minVal?: number; maxVal?: number } = {}): Tensor =>
  inPlace("hardtanh_", x, (old) => hardtanh(old, options));
export const hypot_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("hypot_", x, (old) => hypot(old, y));
export const lcm_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("lcm_", x, (old) => lcm(old, y));
export const le_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("le_", x, (old) => le(old, y));
export const leakyRelu_ = (x: Tensor, options: { negativeSlope?: number } = {}): Tensor =>
  inPlace("leakyRelu_", x, (old) => leakyRelu(old, options));
export const lerp_ = (x: Tensor, y: Tensor, weight: Tensor | number): Tensor =>
  inPlace("lerp_", x, (old) => lerp(old, y, weight));
export const lgamma_ = (x: Tensor): Tensor => inPlace("lgamma_", x, (old) => lgamma(old));
export const log_ = (x: Tensor): Tensor => inPlace("log_", x, (old) => log(old));
export const log10_ = (x: Tensor): Tensor => inPlace("log10_", x, (old) => log10(old));
export const log1p_ = (x: Tensor): Tensor => inPlace("log1p_", x, (old) => log1p(old));
export const log2_ = (x: Tensor): Tensor => inPlace("log2_", x, (old) => log2(old));
export const logicalAnd_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("logicalAnd_", x, (old) => logicalAnd(old, y));
export const logicalNot_ = (x: Tensor): Tensor => inPlace("logicalNot_", x, (old) => logicalNot(old));
export const logicalOr_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("logicalOr_", x, (old) => logicalOr(old, y));
export const logicalXor_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("logicalXor_", x, (old) => logicalXor(old, y));
export const logit_ = (x: Tensor, options: LogitOptions = {}): Tensor =>
  inPlace("logit_", x, (old) => logit(old, options));
export const lt_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("lt_", x, (old) => lt(old, y));
export const mul_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("mul_", x, (old) => mul(old, y));
export const nanToNum_ = (x: Tensor, options: NanToNumOptions = {}): Tensor =>
  inPlace("nanToNum_", x, (old) => nanToNum(old, options));
export const ne_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("ne_", x, (old) => ne(old, y));
export const neg_ = (x: Tensor): Tensor => inPlace("neg_", x, (old) => neg(old));
export const pow_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("pow_", x, (old) => pow(old, y));
export const rad2deg_ = (x: Tensor): Tensor => inPlace("rad2deg_", x, (old) => rad2deg(old));
export const reciprocal_ = (x: Tensor): Tensor => inPlace("reciprocal_", x, (old) => reciprocal(old));
export const relu_ = (x: Tensor): Tensor => inPlace("relu_", x, (old) => relu(old));
export const relu6_ = (x: Tensor): Tensor => inPlace("relu6_", x, (old) => relu6(old));
export const remainder_ = (x: Tensor, y: Tensor | number): Tensor =>
  inPlace("remainder_", x, (old) => remainder(old, y));
export const round_ = (x: Tensor, options: RoundOptions = {}): Tensor =>
  inPlace("round_", x, (old) => round(old, options));
export const rrelu_ = (x: Tensor, options: RreluOptions = {}): Tensor =>
  inPlace("rrelu_", x, (old) => rrelu(old, options));
export const rsqrt_ = (x: Tensor): Tensor => inPlace("rsqrt_", x, (old) => rsqrt(old));
export const selu_ = (x: Tensor): Tensor => inPlace("selu_", x, (old) => selu(old));
export const sigmoid_ = (x: Tensor): Tensor => inPlace("sigmoid_", x, (old) => sigmoid(old));
export const sign_ = (x: Tensor): Tensor => inPlace("sign_", x, (old) => sign(old));
export const sin_ = (x: Tensor): Tensor => inPlace("sin_", x, (old) => sin(old));
export const sinc_ = (x: Tensor): Tensor => inPlace("sinc_", x, (old) => sinc(old));
export const sinh_ = (x: Tensor): Tensor => inPlace("sinh_", x, (old) => sinh(old));
export const sqrt_ = (x: Tensor): Tensor => inPlace("sqrt_", x, (old) => sqrt(old));
export const square_ = (x: Tensor): Tensor => inPlace("square_", x, (old) => square(old));
export const sub_ = (x: Tensor, y: Tensor | number, options: AddOptions = {}): Tensor =>
  inPlace("sub_", x, (old) => sub(old, y, options));
export const tan_ = (x: Tensor): Tensor => inPlace("tan_", x, (old) => tan(old));
export const tanh_ = (x: Tensor): Tensor => inPlace("tanh_", x, (old) => tanh(old));
export const threshold_ = (x: Tensor, options: { threshold: number; value: number }): Tensor =>
  inPlace("threshold_", x, (old) => threshold(old, options));
export const trunc_ = (x: Tensor): Tensor => inPlace("trunc_", x, (old) => trunc(old));
export const xlogy_ = (x: Tensor, y: Tensor | number): Tensor => inPlace("xlogy_", x, (old) => xlogy(old, y));
