import { besselNatives } from "./bessel.ts";
import { bitNatives } from "./bits.ts";
import { exponentialNatives } from "./exponential.ts";
import { polynomialNatives } from "./polynomials.ts";
import { specialNatives } from "./special.ts";
import { trigonometricNatives } from "./trigonometric.ts";

const natives: Readonly<Record<string, string>> = {
  ...bitNatives,
  ...exponentialNatives,
  ...trigonometricNatives,
  ...specialNatives,
  ...besselNatives,
  ...polynomialNatives,
};

/**
 * The WGSL functions that `code` calls and WGSL lacks, with those that they call. What a formula calls `erf` is
 * `fn_erf` here, which is what GPU.js makes of the name.
 */
export function nativesFor(code: string): string {
  const found = new Set<string>();
  const visit = (text: string): void => {
    for (const [, name = ""] of text.matchAll(/\b(\w+)\(/g)) {
      if (found.has(name) || !Object.hasOwn(natives, name)) continue;
      found.add(name);
      visit(natives[name] as string);
    }
  };
  visit(code);
  return [...found].map((name) => natives[name]).join("\n");
}
