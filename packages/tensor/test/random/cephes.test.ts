import { describe, expect, it } from "vitest";
import { cosSinFloat32, logFloat32 } from "../../src/random/cephes.ts";

const { fround } = Math;
/** The numbers a normal draw can meet: 24-bit fractions of (0, 1]. */
const fractions = Array.from({ length: 20_000 }, (_, i) => (i + 1) * 839 * 2 ** -24).concat(1, 2 ** -24, 1 - 2 ** -24);

describe("float32 functions", () => {
  it("take logarithms within 1.5 units in the last place", () => {
    const errors = fractions.map((x) => Math.abs(logFloat32(x) - Math.log(x)) / unit(Math.log(x)));
    expect(Math.max(...errors)).toBeLessThan(1.5);
    expect(logFloat32(1)).toBe(0);
    expect(logFloat32(8)).toBe(fround(Math.log(8)));
  });

  it("take cosines and sines within 1e-7", () => {
    const errors = fractions.flatMap((x) => {
      const angle = fround(fround(2 * Math.PI) * x);
      const [cos, sin] = cosSinFloat32(angle);
      return [Math.abs(cos - Math.cos(angle)), Math.abs(sin - Math.sin(angle))];
    });
    expect(Math.max(...errors)).toBeLessThan(1e-7);
    expect(cosSinFloat32(0)).toEqual([1, 0]);
  });
});

function unit(x: number): number {
  return 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126))) - 23);
}
