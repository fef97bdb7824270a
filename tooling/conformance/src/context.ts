import type { Case } from "./case.ts";
import { numberAt } from "./case.ts";
import type { Tolerance } from "./compare.ts";
import type { Decoder } from "./decode.ts";
import type { Largest } from "./largest.ts";

/** What a kind of case needs beside the case. */
export interface Context {
  readonly decoder: Decoder;
  /** Multiplies both tolerances. */
  readonly factor: number;
  /** Where the largest differences are kept. */
  readonly largest?: Largest | undefined;
}

/** Runs one case; throws where it fails, NotCovered where the table has no row. */
export type Kind = (test: Case, context: Context) => Promise<void>;

/** An op that the table does not have. */
export class NotCovered extends Error {
  readonly op: string;

  constructor(op: string) {
    super(`${op} is not in the table`);
    this.op = op;
  }
}

/** The tolerance of outputs. */
export const tolerance = (test: Case, { factor, largest }: Context): Tolerance => ({
  ...scaled(test, "rtol", "atol", factor),
  note: largest?.noteFor(test.op, "forward"),
});

/** The tolerance of gradients. */
export const gradTolerance = (test: Case, { factor, largest }: Context): Tolerance => ({
  ...scaled(test, "grad_rtol", "grad_atol", factor),
  note: largest?.noteFor(test.op, "backward"),
});

const scaled = (test: Case, rtol: string, atol: string, factor: number): Tolerance => ({
  rtol: factor * numberAt(test, rtol),
  atol: factor * numberAt(test, atol),
});
