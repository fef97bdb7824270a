import { binary, unary } from "./define.ts";

/**
 * The sine of `x` radians. Shape `[...]` to `[...]`.
 *
 * @example
 * sin(tensor([0, 1])); // => [0, 0.84147096]
 */
export const sin = unary("sin", "sin(x)");

/**
 * The cosine of `x` radians. Shape `[...]` to `[...]`.
 *
 * @example
 * cos(tensor([0, 1])); // => [1, 0.5403023]
 */
export const cos = unary("cos", "cos(x)");

/**
 * The tangent of `x` radians. Shape `[...]` to `[...]`.
 *
 * @example
 * tan(tensor([0, 1])); // => [0, 1.5574077]
 */
export const tan = unary("tan", "tan(x)");

/**
 * The angle in [-π/2, π/2] whose sine is `x`; NaN beyond ±1. Shape `[...]` to `[...]`.
 *
 * @example
 * asin(tensor([0, 1])); // => [0, 1.5707964]
 */
export const asin = unary("asin", "asin(x)");

/**
 * The angle in [0, π] whose cosine is `x`; NaN beyond ±1. Shape `[...]` to `[...]`.
 *
 * @example
 * acos(tensor([0, 1])); // => [1.5707964, 0]
 */
export const acos = unary("acos", "acos(x)");

/**
 * The angle in (-π/2, π/2) whose tangent is `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * atan(tensor([0, 1])); // => [0, 0.7853982]
 */
export const atan = unary("atan", "atan(x)");

/**
 * `(eˣ - e⁻ˣ) / 2`. Shape `[...]` to `[...]`.
 *
 * @example
 * sinh(tensor([0, 1])); // => [0, 1.1752012]
 */
export const sinh = unary("sinh", "sinh(x)");

/**
 * `(eˣ + e⁻ˣ) / 2`. Shape `[...]` to `[...]`.
 *
 * @example
 * cosh(tensor([0, 1])); // => [1, 1.5430807]
 */
export const cosh = unary("cosh", "cosh(x)");

/**
 * `(eˣ - e⁻ˣ) / (eˣ + e⁻ˣ)`, between -1 and 1. Shape `[...]` to `[...]`.
 *
 * @example
 * tanh(tensor([0, 1])); // => [0, 0.7615942]
 */
export const tanh = unary("tanh", "tanh(x)");

/**
 * The inverse of `sinh`. Shape `[...]` to `[...]`.
 *
 * @example
 * asinh(tensor([0, 1])); // => [0, 0.8813736]
 */
export const asinh = unary("asinh", "asinh(x)");

/**
 * The inverse of `cosh`; NaN below 1. Shape `[...]` to `[...]`.
 *
 * @example
 * acosh(tensor([1, 2])); // => [0, 1.316958]
 */
export const acosh = unary("acosh", "acosh(x)");

/**
 * The inverse of `tanh`: ±∞ at ±1, NaN beyond. Shape `[...]` to `[...]`.
 *
 * @example
 * atanh(tensor([0, 0.5])); // => [0, 0.54930615]
 */
export const atanh = unary("atanh", "atanh(x)");

/**
 * The angle of the point (`y`, `x`) in (-π, π]: `x` is the ordinate, `y` the abscissa. Shapes broadcast.
 *
 * @example
 * atan2(tensor([1, 1]), tensor([1, -1])); // => [0.7853982, 2.3561945]
 */
export const atan2 = binary("atan2", "atan2(x, y)", undefined, { result: "float" });

/**
 * `√(x² + y²)` without overflow. Shapes broadcast.
 *
 * @example
 * hypot(tensor([3]), tensor([4])); // => [5]
 */
export const hypot = binary("hypot", "hypot(x, y)", undefined, { accepts: "floats" });

/**
 * `sin(πx) / (πx)`, 1 at 0. Shape `[...]` to `[...]`.
 *
 * @example
 * sinc(tensor([0, 0.5])); // => [1, 0.63661975]
 */
export const sinc = unary("sinc", "x == 0 ? 1 : sin(pi * x) / (pi * x)");

/**
 * `x` degrees in radians. Shape `[...]` to `[...]`.
 *
 * @example
 * deg2rad(tensor([180])); // => [3.1415927]
 */
export const deg2rad = unary("deg2rad", "x * (pi / 180)");

/**
 * `x` radians in degrees. Shape `[...]` to `[...]`.
 *
 * @example
 * rad2deg(tensor([1])); // => [57.29578]
 */
export const rad2deg = unary("rad2deg", "x * (180 / pi)");
