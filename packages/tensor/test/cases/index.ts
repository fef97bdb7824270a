import type * as primitives from "@dl/tensor/primitives";
import { basics } from "./basics.ts";
import type { OpCase } from "./case.ts";

/** Calls of every primitive. One without does not compile. */
export const cases: { readonly [Name in keyof typeof primitives]: readonly OpCase[] } = {
  ...basics,
};
