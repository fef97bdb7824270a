import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";

/** One flag of the command line: `--name VALUE`. */
export interface Flag<Value> {
  /** How the help writes the value: `N`, `FILE`. */
  readonly placeholder: string;
  readonly help: string;
  /** The text that is read when the flag is not given; `undefined`: the value is `undefined`. */
  readonly fallback: string | undefined;
  /**
   * The value of the text.
   *
   * @throws RangeError with what the flag wants, for example `wants a whole number from 1 on`
   */
  read(text: string, folder: string): Value;
}

/** The flags whose values are `Values`, by their keys in camelCase. */
export type Flags<Values extends object> = { readonly [K in keyof Values]: Flag<Values[K]> };

/** Thrown for a command line that says something wrong; its message is all a user needs. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A whole number, `min ≤ value ≤ max`. */
export function integer(fallback: number, help: string, { min = 0, max = Infinity }: Bounds = {}): Flag<number> {
  return numeric(fallback, help, "a whole number", min, max, /^-?\d+$/);
}

/** A number, `min ≤ value ≤ max`. */
export function number(fallback: number, help: string, { min = -Infinity, max = Infinity }: Bounds = {}): Flag<number> {
  return numeric(fallback, help, "a number", min, max, /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i);
}

/** One of `choices`; a fallback `undefined` leaves the value `undefined`. */
export function choice<Choice extends string, Fallback extends Choice | undefined>(
  fallback: Fallback,
  choices: readonly Choice[],
  help: string,
): Flag<Choice | Fallback> {
  return {
    placeholder: choices.join("|"),
    help,
    fallback,
    read(text) {
      const found = choices.find((candidate) => candidate === text);
      if (found === undefined) throw new RangeError(`wants one of ${choices.join(", ")}`);
      return found;
    },
  };
}

/** A file to write, as an absolute path; a relative one starts where the command was typed. */
export function file(fallback: string, help: string): Flag<string> {
  return { placeholder: "FILE", help, fallback, read: writablePath };
}

/** A file to write if the flag is given, as an absolute path. */
export function optionalFile(help: string): Flag<string | undefined> {
  return { placeholder: "FILE", help, fallback: undefined, read: writablePath };
}

/** The least and the greatest value of a numeric flag. */
interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * The values of all flags, by key: as given in `argv`, else the one in `instead`, else the fallback.
 *
 * A bare `--`, which package managers hand on, is ignored.
 *
 * @param who opens the error messages, for example `example mnist-cnn`
 * @throws UsageError for an unknown flag, a missing, wrong or second value, or a word that is no flag
 *
 * @example
 * readFlags("demo", ["--batch-size", "8"], { batchSize: integer(64, "images per step") }, "."); // => { batchSize: 8 }
 */
export function readFlags<Values extends object>(
  who: string,
  argv: readonly string[],
  flags: Flags<Values>,
  folder: string,
  instead?: Readonly<Partial<Values>>,
): Values {
  const known: KnownFlags = new Map(Object.entries(flags));
  const given = givenTexts(who, argv, known);
  const values: Record<string, unknown> = { ...instead };
  for (const [key, flag] of known) {
    const text = given.get(key) ?? flag.fallback;
    if (instead !== undefined && key in instead && !given.has(key)) continue;
    values[key] = text === undefined ? undefined : readFlag(who, key, flag, text, folder);
  }
  return values as Values;
}

/** The words of a command line without `--quick`, which takes no value, and whether it was there. */
export function readSwitches(argv: readonly string[]): { rest: readonly string[]; switches: { quick: boolean } } {
  return { rest: argv.filter((word) => word !== "--quick"), switches: { quick: argv.includes("--quick") } };
}

/** `batchSize` is written `--batch-size`. */
function flagName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** One row per flag: name and value, help with the fallback. */
export function flagHelp<Values extends object>(flags: Flags<Values>): string[][] {
  const known: KnownFlags = new Map(Object.entries(flags));
  return [...known].map(([key, { placeholder, help, fallback }]) => [
    `${flagName(key)} ${placeholder}`,
    fallback === undefined ? help : `${help} (${fallback})`,
  ]);
}

type KnownFlags = ReadonlyMap<string, Flag<unknown>>;

function givenTexts(who: string, argv: readonly string[], flags: KnownFlags): Map<string, string> {
  const keys = new Map([...flags.keys()].map((key) => [flagName(key), key]));
  const known = `(known flags: ${[...keys.keys()].join(", ")})`;
  const { tokens } = parseArgs({
    args: argv.filter((word) => word !== "--"),
    options: Object.fromEntries([...keys.keys()].map((name) => [name.slice(2), { type: "string" }])),
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") throw new UsageError(`${who}: "${token.value}" is no flag ${known}`);
    if (token.kind === "option-terminator") continue;
    const { rawName, value, inlineValue } = token;
    const key = keys.get(rawName);
    if (key === undefined) throw new UsageError(`${who}: unknown flag ${rawName} ${known}`);
    if (!value || (!inlineValue && /^--?[a-z]/i.test(value))) {
      throw new UsageError(`${who}: ${rawName} needs a value: ${rawName} ${flags.get(key)?.placeholder}`);
    }
    const before = given.get(key);
    if (before !== undefined) throw new UsageError(`${who}: ${rawName} is given twice: ${before} and ${value}`);
    given.set(key, value);
  }
  return given;
}

function readFlag(who: string, key: string, flag: Flag<unknown>, text: string, folder: string): unknown {
  try {
    return flag.read(text, folder);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${who}: ${flagName(key)} ${error.message}, not "${text}"`);
  }
}

function numeric(
  fallback: number,
  help: string,
  kind: string,
  min: number,
  max: number,
  pattern: RegExp,
): Flag<number> {
  return {
    placeholder: "N",
    help,
    fallback: String(fallback),
    read(text) {
      const value = pattern.test(text) ? Number(text) : Number.NaN;
      if (value >= min && value <= max && Number.isFinite(value)) return value;
      throw new RangeError(`wants ${kind}${range(min, max)}`);
    },
  };
}

function range(min: number, max: number): string {
  if (min === -Infinity) return max === Infinity ? "" : ` up to ${max}`;
  return max === Infinity ? ` from ${min} on` : ` from ${min} to ${max}`;
}

/** Checked before an example starts, so that a long run is not lost at its end. */
function writablePath(text: string, folder: string): string {
  const path = resolve(folder, text);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new RangeError("wants a file and names a folder");
  let parent = dirname(path);
  while (statSync(parent, { throwIfNoEntry: false }) === undefined) parent = dirname(parent);
  if (!statSync(parent).isDirectory()) throw new RangeError(`wants a file in a folder (${parent} is a file)`);
  return path;
}
