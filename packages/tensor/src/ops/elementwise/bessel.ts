import { besselJ, besselY, sphericalJ0 } from "../../special/bessel.ts";
import { airy, besselI, besselK, scaledI, scaledK } from "../../special/modified-bessel.ts";
import { pointwise } from "./pointwise.ts";

/**
 * The modified Bessel function of the first kind, order 0. Shape `[...]` to `[...]`.
 *
 * @example
 * i0(tensor([0, 1])); // => [1, 1.2660658]
 */
export const i0 = pointwise("i0", (x) => besselI(0, x));

/**
 * `e^-|x| i0(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * i0e(tensor([0, 1])); // => [1, 0.4657596]
 */
export const i0e = pointwise("i0e", (x) => scaledI(0, x));

/**
 * The modified Bessel function of the first kind, order 1. Shape `[...]` to `[...]`.
 *
 * @example
 * i1(tensor([0, 1])); // => [0, 0.5651591]
 */
export const i1 = pointwise("i1", (x) => besselI(1, x));

/**
 * `e^-|x| i1(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * i1e(tensor([0, 1])); // => [0, 0.2079104]
 */
export const i1e = pointwise("i1e", (x) => scaledI(1, x));

/**
 * The Bessel function of the first kind, order 0. Shape `[...]` to `[...]`.
 *
 * @example
 * besselJ0(tensor([0, 1])); // => [1, 0.7651977]
 */
export const besselJ0 = pointwise("besselJ0", (x) => besselJ(0, x));

/**
 * The Bessel function of the first kind, order 1. Shape `[...]` to `[...]`.
 *
 * @example
 * besselJ1(tensor([0, 1])); // => [0, 0.4400506]
 */
export const besselJ1 = pointwise("besselJ1", (x) => besselJ(1, x));

/**
 * The Bessel function of the second kind, order 0: -∞ at 0, NaN below. Shape `[...]` to `[...]`.
 *
 * @example
 * besselY0(tensor([1])); // => [0.0882570]
 */
export const besselY0 = pointwise("besselY0", (x) => besselY(0, x));

/**
 * The Bessel function of the second kind, order 1: -∞ at 0, NaN below. Shape `[...]` to `[...]`.
 *
 * @example
 * besselY1(tensor([1])); // => [-0.7812128]
 */
export const besselY1 = pointwise("besselY1", (x) => besselY(1, x));

/**
 * The modified Bessel function of the second kind, order 0: ∞ at 0, NaN below. Shape `[...]` to `[...]`.
 *
 * @example
 * modifiedBesselK0(tensor([1])); // => [0.4210244]
 */
export const modifiedBesselK0 = pointwise("modifiedBesselK0", (x) => besselK(0, x));

/**
 * The modified Bessel function of the second kind, order 1: ∞ at 0, NaN below. Shape `[...]` to `[...]`.
 *
 * @example
 * modifiedBesselK1(tensor([1])); // => [0.6019072]
 */
export const modifiedBesselK1 = pointwise("modifiedBesselK1", (x) => besselK(1, x));

/**
 * `e^x modifiedBesselK0(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * scaledModifiedBesselK0(tensor([1])); // => [1.1444631]
 */
export const scaledModifiedBesselK0 = pointwise("scaledModifiedBesselK0", (x) => scaledK(0, x));

/**
 * `e^x modifiedBesselK1(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * scaledModifiedBesselK1(tensor([1])); // => [1.6361535]
 */
export const scaledModifiedBesselK1 = pointwise("scaledModifiedBesselK1", (x) => scaledK(1, x));

/**
 * The spherical Bessel function of the first kind, order 0: `sin(x) / x`. Shape `[...]` to `[...]`.
 *
 * @example
 * sphericalBesselJ0(tensor([0, 1])); // => [1, 0.8414710]
 */
export const sphericalBesselJ0 = pointwise("sphericalBesselJ0", sphericalJ0);

/**
 * The Airy function Ai. Shape `[...]` to `[...]`. Without gradient, as in PyTorch.
 *
 * @example
 * airyAi(tensor([0, 1])); // => [0.3550281, 0.1352924]
 */
export const airyAi = pointwise("airyAi", airy);
