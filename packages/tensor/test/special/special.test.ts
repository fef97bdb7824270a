import { describe, expect, test } from "vitest";
import { besselJ, besselY, sphericalJ0 } from "../../src/special/bessel.ts";
import { airy, besselI, besselK, scaledI, scaledK } from "../../src/special/modified-bessel.ts";
import { binaryExponent, erfcx, logNdtr, mantissa, ndtri, zeta } from "../../src/special/normal.ts";
import { polynomial } from "../../src/special/polynomials.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Values from mpmath, to 40 digits. */
const values: readonly (readonly [string, (x: number) => number, number, number])[] = [
  ["J0", (x) => besselJ(0, x), 0.1, 0.997501562066040032],
  ["J0", (x) => besselJ(0, x), 1, 0.765197686557966551],
  ["J0", (x) => besselJ(0, x), 4.9, -0.209738327585326315],
  ["J0", (x) => besselJ(0, x), 5.1, -0.144334747060500517],
  ["J0", (x) => besselJ(0, x), 12.3, 0.110797950307585302],
  ["J0", (x) => besselJ(0, x), 24.9, 0.0832459683530156817],
  ["J0", (x) => besselJ(0, x), 25.1, 0.108275671499949289],
  ["J0", (x) => besselJ(0, x), 100, 0.0199858503042231224],
  ["Y0", (x) => besselY(0, x), 0.1, -1.53423865135036684],
  ["Y0", (x) => besselY(0, x), 1, 0.088256964215676958],
  ["Y0", (x) => besselY(0, x), 4.9, -0.292054594244014161],
  ["Y0", (x) => besselY(0, x), 5.1, -0.321602449124859462],
  ["Y0", (x) => besselY(0, x), 12.3, -0.198593094635026293],
  ["Y0", (x) => besselY(0, x), 24.9, -0.136499183996765113],
  ["Y0", (x) => besselY(0, x), 25.1, -0.116767707638037104],
  ["Y0", (x) => besselY(0, x), 100, -0.0772443133650831523],
  ["I0 scaled", (x) => scaledI(0, x), 0.1, 0.907100925782301096],
  ["I0 scaled", (x) => scaledI(0, x), 3, 0.243000354161825398],
  ["I0 scaled", (x) => scaledI(0, x), 24.9, 0.0803593326115322113],
  ["I0 scaled", (x) => scaledI(0, x), 25.1, 0.0800351972542962387],
  ["I0 scaled", (x) => scaledI(0, x), 300, 0.0230425584150854618],
  ["I0", (x) => besselI(0, x), 0.1, 1.0025015629340956],
  ["I0", (x) => besselI(0, x), 3, 4.88079258586502409],
  ["I0", (x) => besselI(0, x), 24.9, 5235629675.80442947],
  ["I0", (x) => besselI(0, x), 25.1, 6369018573.80349367],
  ["I0", (x) => besselI(0, x), 300, 4.47584736793505212e128],
  ["K0 scaled", (x) => scaledK(0, x), 1e-30, 69.193484305479783],
  ["K0 scaled", (x) => scaledK(0, x), 0.1, 2.68232610226289438],
  ["K0 scaled", (x) => scaledK(0, x), 3, 0.697761598043851776],
  ["K0 scaled", (x) => scaledK(0, x), 25.1, 0.24894399546328754],
  ["K0 scaled", (x) => scaledK(0, x), 1000, 0.0396283216007542171],
  ["K0", (x) => besselK(0, x), 0.1, 2.42706902470201661],
  ["K0", (x) => besselK(0, x), 3, 0.0347395043862792481],
  ["K0", (x) => besselK(0, x), 25.1, 3.12831271432112163e-12],
  ["K0", (x) => besselK(0, x), 300, 3.72369485488914326e-132],
  ["J1", (x) => besselJ(1, x), 0.1, 0.0499375260362419976],
  ["J1", (x) => besselJ(1, x), 1, 0.440050585744933516],
  ["J1", (x) => besselJ(1, x), 4.9, -0.314694671015190603],
  ["J1", (x) => besselJ(1, x), 5.1, -0.33709720201823184],
  ["J1", (x) => besselJ(1, x), 12.3, -0.194258848040591483],
  ["J1", (x) => besselJ(1, x), 24.9, -0.134855699531408743],
  ["J1", (x) => besselJ(1, x), 25.1, -0.114634784134422728],
  ["J1", (x) => besselJ(1, x), 100, -0.077145352014112158],
  ["Y1", (x) => besselY(1, x), 0.1, -6.45895109470202699],
  ["Y1", (x) => besselY(1, x), 1, -0.781212821300288717],
  ["Y1", (x) => besselY(1, x), 4.9, 0.18124669204504868],
  ["Y1", (x) => besselY(1, x), 5.1, 0.113736441977499608],
  ["Y1", (x) => besselY(1, x), 12.3, -0.118948403299266022],
  ["Y1", (x) => besselY(1, x), 24.9, -0.0860025575955544415],
  ["Y1", (x) => besselY(1, x), 25.1, -0.110622233227830828],
  ["Y1", (x) => besselY(1, x), 100, -0.0203723120027597933],
  ["I1 scaled", (x) => scaledI(1, x), 0.1, 0.045298446808809325],
  ["I1 scaled", (x) => scaledI(1, x), 3, 0.196826713297300854],
  ["I1 scaled", (x) => scaledI(1, x), 24.9, 0.078728794882103127],
  ["I1 scaled", (x) => scaledI(1, x), 25.1, 0.078424315178368416],
  ["I1 scaled", (x) => scaledI(1, x), 300, 0.0230041220402689509],
  ["I1", (x) => besselI(1, x), 0.1, 0.0500625260470926921],
  ["I1", (x) => besselI(1, x), 3, 3.9533702174026094],
  ["I1", (x) => besselI(1, x), 24.9, 5129395695.92574922],
  ["I1", (x) => besselI(1, x), 25.1, 6240828249.87397157],
  ["I1", (x) => besselI(1, x), 300, 4.46838138503695441e128],
  ["K1 scaled", (x) => scaledK(1, x), 1e-30, 1.0e30],
  ["K1 scaled", (x) => scaledK(1, x), 0.1, 10.8901826830496966],
  ["K1 scaled", (x) => scaledK(1, x), 3, 0.806563480128786903],
  ["K1 scaled", (x) => scaledK(1, x), 25.1, 0.253855500895056521],
  ["K1 scaled", (x) => scaledK(1, x), 1000, 0.0396481308129602105],
  ["K1", (x) => besselK(1, x), 0.1, 9.85384478087060613],
  ["K1", (x) => besselK(1, x), 3, 0.0401564311281941844],
  ["K1", (x) => besselK(1, x), 25.1, 3.19003231860427066e-12],
  ["K1", (x) => besselK(1, x), 300, 3.7298958583323727e-132],
  ["Ai", airy, -20, -0.17640612707798469],
  ["Ai", airy, -7.1, 0.254036328561978364],
  ["Ai", airy, -6.9, 0.101687997739764516],
  ["Ai", airy, -3, -0.378814293677658074],
  ["Ai", airy, 0, 0.355028053887817239],
  ["Ai", airy, 1.9, 0.0405944200315294967],
  ["Ai", airy, 2.1, 0.0299526021158665266],
  ["Ai", airy, 10, 1.10475325528986859e-10],
  ["erfcx", erfcx, -3, 16205.9888539995866],
  ["erfcx", erfcx, 0.5, 0.615690344192925875],
  ["erfcx", erfcx, 1.5, 0.321585416454317502],
  ["erfcx", erfcx, 50, 0.0112815362653237725],
  ["erfcx", erfcx, 1e10, 5.64189583547756287e-11],
  ["logNdtr", logNdtr, -100, -5005.52420869420509],
  ["logNdtr", logNdtr, -10, -53.2312851505124706],
  ["logNdtr", logNdtr, -1.01, -1.85631306234317843],
  ["logNdtr", logNdtr, -0.99, -1.82581031784281237],
  ["logNdtr", logNdtr, 3, -0.0013508099647481938],
  ["logNdtr", logNdtr, 9, -1.12858840595384065e-19],
  ["ndtri", ndtri, 1e-30, -11.4640246884433774],
  ["ndtri", ndtri, 0.001, -3.09023230616781354],
  ["ndtri", ndtri, 0.049, -1.65462790235107794],
  ["ndtri", ndtri, 0.051, -1.63523401538865002],
  ["ndtri", ndtri, 0.3, -0.524400512708040784],
  ["ndtri", ndtri, 0.7, 0.524400512708040784],
  ["ndtri", ndtri, 0.99, 2.3263478740408411],
  ["zeta(3, q)", (q) => zeta(3, q), 0.01, 1000001.17019933854],
  ["zeta(3, q)", (q) => zeta(3, q), 0.7, 3.21749643709546127],
  ["zeta(3, q)", (q) => zeta(3, q), 5, 0.0243948661225572484],
  ["zeta(3, q)", (q) => zeta(3, q), 1000, 5.00500249999916667e-7],
];

test.each(values)("%s", (_, value, x, wanted) => {
  // Measured: 1.2e-12, of Ai where the series changes over; 2.1e-14 of all others.
  expect(Math.abs(value(x) / wanted - 1)).toBeLessThan(3e-12);
});

describe("edges", () => {
  test.each([
    ["J0", besselJ(0, inf), 0],
    ["J1 is odd", besselJ(1, -2), -besselJ(1, 2)],
    ["Y0(0)", besselY(0, 0), -inf],
    ["Y1(-1)", besselY(1, -1), nan],
    ["I0(inf)", besselI(0, inf), inf],
    ["I1(-inf)", besselI(1, -inf), -inf],
    ["scaled I0(inf)", scaledI(0, inf), 0],
    ["K0(0)", besselK(0, 0), inf],
    ["K1(-1)", besselK(1, -1), nan],
    ["scaled K0(inf)", scaledK(0, inf), 0],
    ["Ai(nan)", airy(nan), nan],
    ["spherical j0(0)", sphericalJ0(0), 1],
    ["erfcx(inf)", erfcx(inf) < 1e-299, true],
    ["ndtri(0)", ndtri(0), -inf],
    ["ndtri(1.1)", ndtri(1.1), nan],
    ["zeta(1, 2)", zeta(1, 2), inf],
    ["zeta(0.5, 2)", zeta(0.5, 2), nan],
    ["zeta(3, -2)", zeta(3, -2), inf],
    ["zeta(2.5, -0.5)", zeta(2.5, -0.5), nan],
  ])("%s", (_, value, wanted) => {
    expect(value).toBe(wanted);
  });
});

test("mantissa and exponent, of subnormal numbers too", () => {
  for (const x of [1, -0.75, 3e38, 1e-45, 5e-324, 2 ** -1074 * 3]) {
    const [m, e] = [mantissa(x), binaryExponent(x)];
    expect(Math.abs(m)).toBeGreaterThanOrEqual(0.5);
    expect(Math.abs(m)).toBeLessThan(1);
    expect(m * 2 ** Math.trunc(e / 2) * 2 ** (e - Math.trunc(e / 2))).toBe(x);
  }
  expect([mantissa(0), binaryExponent(0), mantissa(inf), binaryExponent(inf)]).toEqual([0, 0, inf, 0]);
});

test("polynomials: recurrence and angle agree, and so do the ends of the interval", () => {
  for (const family of ["chebyshevT", "chebyshevU", "chebyshevV", "chebyshevW"] as const) {
    for (const x of [-0.9, -0.2, 0.5, 0.99]) {
      const sum = polynomial(family, x, 64) + polynomial(family, x, 66);
      expect(sum).toBeCloseTo(2 * x * polynomial(family, x, 65), 10);
    }
  }
  expect(polynomial("chebyshevU", 1, 100)).toBe(101);
  expect(polynomial("chebyshevV", -1, 100)).toBe(201);
  expect(polynomial("laguerreL", 0, 7)).toBe(1);
  expect(polynomial("legendreP", -1, 5)).toBe(-1);
  expect(polynomial("hermiteH", 1, 3)).toBe(-4);
  expect(polynomial("hermiteHe", 2.5, -1)).toBe(0);
  expect(polynomial("chebyshevT", nan, 0)).toBe(1);
});
