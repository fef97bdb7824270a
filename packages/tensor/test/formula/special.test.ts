import { describe, expect, test } from "vitest";
import { runReference } from "./run.ts";

/** Values in 40 digits from mpmath, rounded. */
const values: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  erf: [
    [1e-10, 1.1283791670955126e-10],
    [0.1, 0.1124629160182849],
    [0.5, 0.52049987781304654],
    [0.99, 0.8385080695553698],
    [1.0, 0.84270079294971487],
    [1.5, 0.96610514647531073],
    [2.0, 0.99532226501895273],
    [3.0, 0.99997790950300141],
    [6.0, 0.99999999999999998],
    [-0.3, -0.32862675945912742],
    [-2.2, -0.99813715370201811],
  ],
  erfc: [
    [1e-10, 0.99999999988716208],
    [0.3, 0.67137324054087258],
    [0.99, 0.1614919304446302],
    [1.01, 0.1531895037717233],
    [2.0, 0.0046777349810472658],
    [5.0, 1.5374597944280349e-12],
    [10.0, 2.0884875837625448e-45],
    [20.0, 5.3958656116079009e-176],
    [26.0, 5.6631924088561428e-296],
    [-0.5, 1.5204998778130465],
    [-3.0, 1.9999779095030014],
  ],
};

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("functions that Math lacks", () => {
  test.each(Object.keys(values))("%s is right to 1e-14", (name) => {
    const rows = values[name] ?? [];
    const got = runReference(`${name}(x)`, { x: rows.map(([x]) => x) });
    for (const [i, [x, y]] of rows.entries()) {
      // Measured: 2.6e-15, erfc.
      expect(Math.abs((got[i] ?? nan) - y) / Math.abs(y), `${name}(${x})`).toBeLessThan(1e-14);
    }
  });

  test.each([
    ["erf", [0, inf, -inf, nan], [0, 1, -1, nan]],
    ["erfc", [0, 30, inf, -inf, nan], [1, 0, 0, 2, nan]],
  ])("%s at its edges", (name, x, expected) => {
    expect(Array.from(runReference(`${name}(x)`, { x }))).toEqual(expected);
  });
});
