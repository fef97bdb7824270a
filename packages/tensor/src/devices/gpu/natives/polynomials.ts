interface Family {
  /** WGSL of the polynomial of degree 1, and of that of degree k + 1 from those of degrees k and k - 1. */
  readonly first: string;
  readonly next: string;
  /** For |x| < 1 and high degrees, from the angle whose cosine x is. */
  readonly wave?: string;
}

const chebyshev = "2.0 * x * last - before";

const families: Readonly<Record<string, Family>> = {
  chebyshevT: { first: "x", next: chebyshev, wave: "fn_cos(n * angle)" },
  chebyshevU: { first: "2.0 * x", next: chebyshev, wave: "fn_sin((n + 1.0) * angle) / fn_sin(angle)" },
  chebyshevV: { first: "2.0 * x - 1.0", next: chebyshev, wave: "fn_cos((n + 0.5) * angle) / fn_cos(0.5 * angle)" },
  chebyshevW: { first: "2.0 * x + 1.0", next: chebyshev, wave: "fn_sin((n + 0.5) * angle) / fn_sin(0.5 * angle)" },
  hermiteH: { first: "2.0 * x", next: "2.0 * (x * last - k * before)" },
  hermiteHe: { first: "x", next: "x * last - k * before" },
  laguerreL: { first: "1.0 - x", next: "((2.0 * k + 1.0 - x) * last - k * before) / (k + 1.0)" },
  legendreP: { first: "x", next: "((2.0 * k + 1.0) * x * last - k * before) / (k + 1.0)" },
};

/** Families of orthogonal polynomials by recurrence, as in `special/`. */
export const polynomialNatives: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(families).map(([name, { first, next, wave }]) => [
    `fn_${name}`,
    `fn fn_${name}(x : f32, degree : f32) -> f32 {
  if (isNan(degree)) { return degree; }
  let n = trunc(degree);
  if (n < 0.0) { return 0.0; }
  ${wave === undefined ? "" : `if (n > 64.0 && abs(x) < 1.0) { let angle = fn_acos(x); return ${wave}; }`}
  var before = 1.0;
  var last = select(${first}, 1.0, n == 0.0);
  for (var k = 1.0; k < n; k += 1.0) {
    let following = ${next};
    before = last;
    last = following;
    if (isInf(last) || isNan(last)) { break; }
  }
  return last;
}`,
  ]),
);
