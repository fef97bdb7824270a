import * as primitives from "@dl/tensor/primitives";
import { type InputSpec, type OpCase, shaped } from "./case.ts";

/** Between `low` and `high`, in two shapes. */
const unary = (call: OpCase["call"], low: number, high: number): OpCase[] => [
  { inputs: [{ shape: [3, 7], low, high }], call },
  { inputs: [{ shape: [], low, high }], call },
];

const degrees: InputSpec = { values: [0, 1, 2, 3, 7], dtype: "int32" };

export const specials = {
  i0: unary((x) => primitives.i0(x), -6, 6),
  i0e: unary((x) => primitives.i0e(x), 0.1, 40),
  i1: unary((x) => primitives.i1(x), -6, 6),
  i1e: unary((x) => primitives.i1e(x), 0.1, 40),
  besselJ0: unary((x) => primitives.besselJ0(x), -40, 40),
  besselJ1: unary((x) => primitives.besselJ1(x), -40, 40),
  besselY0: unary((x) => primitives.besselY0(x), 1, 40),
  besselY1: unary((x) => primitives.besselY1(x), 1, 40),
  modifiedBesselK0: unary((x) => primitives.modifiedBesselK0(x), 0.5, 9),
  modifiedBesselK1: unary((x) => primitives.modifiedBesselK1(x), 0.5, 9),
  scaledModifiedBesselK0: unary((x) => primitives.scaledModifiedBesselK0(x), 0.5, 40),
  scaledModifiedBesselK1: unary((x) => primitives.scaledModifiedBesselK1(x), 0.5, 40),
  sphericalBesselJ0: [
    ...unary((x) => primitives.sphericalBesselJ0(x), -9, 9),
    ...unary((x) => primitives.sphericalBesselJ0(x), -0.2, 0.2),
  ],
  airyAi: unary((x) => primitives.airyAi(x), -12, 6),
  erfcx: unary((x) => primitives.erfcx(x), -2, 5),
  logNdtr: unary((x) => primitives.logNdtr(x), -9, 4),
  ndtri: unary((x) => primitives.ndtri(x), 0.03, 0.97),
  zeta: [
    {
      inputs: [
        { values: [2, 3, 5], dtype: "int32" },
        { shape: [4, 1], low: 0.5, high: 3 },
      ],
      call: (x, y) => primitives.zeta(x, y),
    },
  ],
  frexpMantissa: unary((x) => primitives.frexpMantissa(x), 4.1, 7.9),
  frexpExponent: unary((x) => primitives.frexpExponent(x), 4.1, 7.9),
  orthogonalPolynomial: (
    ["chebyshevT", "chebyshevU", "chebyshevV", "chebyshevW", "hermiteH", "hermiteHe", "laguerreL", "legendreP"] as const
  ).map((family) => ({
    inputs: [...shaped([3, 5]), degrees],
    call: (x, n) => primitives.orthogonalPolynomial(x, n, { family }),
  })),
} satisfies Record<string, OpCase[]>;
