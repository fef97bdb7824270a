import type { Tensor } from "@dl/tensor";
import type { Context } from "../../example.ts";

/** Claims that the numbers of `x` are `expected`, to 1e-6 unless told otherwise. */
export async function near(
  claim: Context["claim"],
  name: string,
  x: Tensor,
  expected: readonly number[],
  tolerance = 1e-6,
): Promise<void> {
  const values = Array.from(await x.read());
  const holds =
    values.length === expected.length &&
    values.every((value, i) => Math.abs(value - (expected[i] as number)) <= tolerance);
  claim(name, values, expected, holds);
}
