import * as bessel from "../../ops/elementwise/bessel.ts";
import * as normal from "../../ops/elementwise/normal.ts";
import * as special from "../../ops/elementwise/special.ts";
import type { PolynomialFamily } from "../../special/polynomials.ts";
import { runFunction } from "./elementwise.ts";
import type { GpuKernel } from "./kernel.ts";

/** Functions of numbers that are no formulas: each calls the WGSL function `fn_` and its name. */
function pointwise<A>(name: string, params: (attrs: A) => readonly number[] = () => []): GpuKernel<A> {
  const kernel: GpuKernel<A> = (runtime, inputs, output, attrs) =>
    runFunction(runtime, {
      owner: kernel,
      name: `fn_${name}`,
      type: "float32",
      inputs,
      params: params(attrs),
      output,
    });
  return kernel;
}

const polynomials: Readonly<Record<PolynomialFamily, GpuKernel>> = {
  chebyshevT: pointwise("chebyshevT"),
  chebyshevU: pointwise("chebyshevU"),
  chebyshevV: pointwise("chebyshevV"),
  chebyshevW: pointwise("chebyshevW"),
  hermiteH: pointwise("hermiteH"),
  hermiteHe: pointwise("hermiteHe"),
  laguerreL: pointwise("laguerreL"),
  legendreP: pointwise("legendreP"),
};

const polynomial: GpuKernel<{ readonly family: PolynomialFamily }> = (runtime, inputs, output, { family }) =>
  polynomials[family](runtime, inputs, output, undefined);

export const pointwiseKernels = {
  besselJ0: [bessel.besselJ0.op, pointwise("besselJ0")],
  besselJ1: [bessel.besselJ1.op, pointwise("besselJ1")],
  besselY0: [bessel.besselY0.op, pointwise("besselY0")],
  besselY1: [bessel.besselY1.op, pointwise("besselY1")],
  digamma: [special.digamma.op, pointwise("digamma")],
  erfcx: [normal.erfcx.op, pointwise("erfcx")],
  erfinv: [special.erfinv.op, pointwise("erfinv")],
  frexpExponent: [normal.frexpExponent.op, pointwise("frexpExponent")],
  frexpMantissa: [normal.frexpMantissa.op, pointwise("frexpMantissa")],
  i0: [bessel.i0.op, pointwise("i0")],
  i0e: [bessel.i0e.op, pointwise("i0e")],
  i1: [bessel.i1.op, pointwise("i1")],
  i1e: [bessel.i1e.op, pointwise("i1e")],
  lgamma: [special.lgamma.op, pointwise("lgamma")],
  logNdtr: [normal.logNdtr.op, pointwise("logNdtr")],
  modifiedBesselK0: [bessel.modifiedBesselK0.op, pointwise("modifiedBesselK0")],
  modifiedBesselK1: [bessel.modifiedBesselK1.op, pointwise("modifiedBesselK1")],
  ndtri: [normal.ndtri.op, pointwise("ndtri")],
  orthogonalPolynomial: [normal.orthogonalPolynomial.op, polynomial],
  polygamma: [special.polygamma.op, pointwise<{ readonly n: number }>("polygamma", ({ n }) => [n])],
  scaledModifiedBesselK0: [bessel.scaledModifiedBesselK0.op, pointwise("scaledModifiedBesselK0")],
  scaledModifiedBesselK1: [bessel.scaledModifiedBesselK1.op, pointwise("scaledModifiedBesselK1")],
  sphericalBesselJ0: [bessel.sphericalBesselJ0.op, pointwise("sphericalBesselJ0")],
  zeta: [normal.zeta.op, pointwise("zeta")],
} as const;
