import * as dl from "@dl/tensor";
import { binaryRow, type Row, row, unaryRow } from "./row.ts";

/** `torch.special.chebyshev_polynomial_t(input, n)` and the like. */
const polynomialRow = (name: string, call: (x: dl.Tensor, n: dl.Tensor | number) => dl.Tensor): Row =>
  row(`torch.special.${name}(input, n)`, (a) => call(a.tensor(), a.operand("n")));

export const special = [
  row("torch.frexp(input)", (a) => {
    const { mantissa, exponent } = dl.frexp(a.tensor());
    return [mantissa, exponent];
  }),
  row("torch.gradient(input, *, spacing=None, dim=None, edge_order=1)", (a) =>
    dl.gradient(a.tensor(), a.options<dl.GradientOptions>({ spacing: "spacing", dim: "dim", edgeOrder: "edge_order" })),
  ),
  unaryRow("torch.i0", dl.i0),
  unaryRow("torch.special.i0", dl.i0),
  unaryRow("torch.special.i0e", dl.i0e),
  unaryRow("torch.special.i1", dl.i1),
  unaryRow("torch.special.i1e", dl.i1e),
  unaryRow("torch.special.erfcx", dl.erfcx),
  unaryRow("torch.special.log_ndtr", dl.logNdtr),
  unaryRow("torch.special.ndtri", dl.ndtri),
  binaryRow("torch.special.zeta", dl.zeta),
  unaryRow("torch.special.airy_ai", dl.airyAi),
  unaryRow("torch.special.bessel_j0", dl.besselJ0),
  unaryRow("torch.special.bessel_j1", dl.besselJ1),
  unaryRow("torch.special.bessel_y0", dl.besselY0),
  unaryRow("torch.special.bessel_y1", dl.besselY1),
  unaryRow("torch.special.modified_bessel_i0", dl.i0),
  unaryRow("torch.special.modified_bessel_i1", dl.i1),
  unaryRow("torch.special.modified_bessel_k0", dl.modifiedBesselK0),
  unaryRow("torch.special.modified_bessel_k1", dl.modifiedBesselK1),
  unaryRow("torch.special.scaled_modified_bessel_k0", dl.scaledModifiedBesselK0),
  unaryRow("torch.special.scaled_modified_bessel_k1", dl.scaledModifiedBesselK1),
  unaryRow("torch.special.spherical_bessel_j0", dl.sphericalBesselJ0),
  polynomialRow("chebyshev_polynomial_t", dl.chebyshevPolynomialT),
  polynomialRow("chebyshev_polynomial_u", dl.chebyshevPolynomialU),
  polynomialRow("chebyshev_polynomial_v", dl.chebyshevPolynomialV),
  polynomialRow("chebyshev_polynomial_w", dl.chebyshevPolynomialW),
  polynomialRow("hermite_polynomial_h", dl.hermitePolynomialH),
  polynomialRow("hermite_polynomial_he", dl.hermitePolynomialHe),
  polynomialRow("laguerre_polynomial_l", dl.laguerrePolynomialL),
  polynomialRow("legendre_polynomial_p", dl.legendrePolynomialP),
  polynomialRow("shifted_chebyshev_polynomial_t", dl.shiftedChebyshevPolynomialT),
  polynomialRow("shifted_chebyshev_polynomial_u", dl.shiftedChebyshevPolynomialU),
  polynomialRow("shifted_chebyshev_polynomial_v", dl.shiftedChebyshevPolynomialV),
  polynomialRow("shifted_chebyshev_polynomial_w", dl.shiftedChebyshevPolynomialW),
];
