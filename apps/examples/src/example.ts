import type { Flag } from "./flags.ts";
import type { Progress, ProgressOptions } from "./ui/progress.ts";

/**
 * One example: a file in a folder of `examples/`, its chapter, whose default export is this.
 *
 * `Values` are the values of its own flags; a key `batchSize` is written `--batch-size` on the command line.
 * Every example also takes `--seed`, `--device`, `--threads`, `--quick` and `--json FILE`, without declaring them.
 *
 * @example
 * interface Values { readonly epochs: number }
 *
 * const countdown: Example<Values> = {
 *   name: "countdown",
 *   title: { ja: "数え下ろし", en: "Counting down" },
 *   ids: ["CODE1"],
 *   seconds: 1,
 *   data: "none",
 *   flags: { epochs: integer(3, "how far to count") },
 *   run({ flags, log, claim }) {
 *     for (let i = flags.epochs; i > 0; i--) log(`${i} …`);
 *     claim("counted", flags.epochs, "> 0", flags.epochs > 0);
 *   },
 * };
 *
 * export default countdown;
 */
export interface Example<Values extends object = object> {
  /** The word after `example`, and the name of the file. */
  readonly name: string;
  readonly title: Bilingual;
  /** The items of the notes that it shows, such as `ACT3`. */
  readonly ids: readonly string[];
  /** How long it takes on two ordinary cores, roughly. */
  readonly seconds: number;
  /** What it learns from: `MNIST`, or `none` where everything is computed. */
  readonly data: string;
  readonly flags: { readonly [K in keyof Values]: Flag<Values[K]> };
  /** The values that `--quick` takes for flags that are not given: less work, the same claims. */
  readonly quick?: Readonly<Partial<Values>>;
  run(context: Context<Values>): void | Promise<void>;
}

/** What an example is given: what was asked for, and where its results go. */
export interface Context<Values extends object = object> {
  readonly seed: number;
  /** The device in use, by name; already set when `run` starts. */
  readonly device: string;
  readonly threads: number;
  /** Asked for less work: fewer seeds or steps. */
  readonly quick: boolean;
  readonly flags: Values;
  /** Prints a line (or several), above the progress bar if one is shown. */
  log(text: string): void;
  /** Starts a progress bar over `total` items. */
  progress(total: number, options?: ProgressOptions): Progress;
  /** Keeps a number for the summary and for `--json`; `shown` is how the summary writes it. */
  metric(name: string, value: number, shown?: string): void;
  /** States what the example promises. One that does not hold ends the command with exit code 1. */
  claim(name: string, value: Value, limit: Value, holds: boolean): void;
  /** The same of several figures, such as one for each seed: all must hold; shown is their `span`. */
  claimEach(
    name: string,
    values: readonly number[],
    limit: Value,
    holds: (value: number) => boolean,
    digits?: number,
  ): void;
  /** Sets a result that the notes describe beside what was measured. One that does not reproduce fails nothing. */
  finding(finding: Finding): void;
}

/** A described result and what was measured for it. */
export interface Finding {
  /** The item of the notes, such as `EXP1`. */
  readonly id: string;
  /** What the notes say happens. */
  readonly described: Bilingual;
  /** What came out here. */
  readonly measured: string;
  /** What PyTorch gives for the same script. */
  readonly reference: string;
  /** From when on it counts as reproduced. */
  readonly criterion: string;
  readonly reproduced: boolean;
  /** Where it does not reproduce: the likely reason. */
  readonly why?: string;
}

/** A value in a claim. */
export type Value = number | string | boolean | readonly number[];

/** A text in Japanese and English. */
export interface Bilingual {
  readonly ja: string;
  readonly en: string;
}
