import { builtin, checkKnown, readBytes } from "../node.ts";

/** What to say of the text where it is used or passed on. */
export const kingJamesLicence: string =
  "The Bible in the King James version of 1611, in the public domain in most of the world, from Debian's bible-kjv-text " +
  "(text and program by Chip Chapin: free to copy, change and distribute with that notice). This package does not contain it.";

/**
 * A text file, of UTF-8 bytes or from a path in Node; the ends of lines become `\n`.
 *
 * Errors: a file that cannot be read, bytes that are not UTF-8.
 *
 * @example
 * readText(new TextEncoder().encode("one\r\ntwo")); // => "one\ntwo"
 */
export function readText(source: Uint8Array | string): string {
  const named = typeof source === "string" ? source : "text";
  return decode(readBytes({ who: "readText", advice: "is the path right?" }, source), named)
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n");
}

export interface KingJamesOptions {
  /** The program of Debian's package `bible-kjv`. Default `"bible"`. */
  program?: string;
  /** What the program prints for `-f gen1:1-rev22:21`: bytes, or a path in Node. Default what it prints when run. */
  file?: Uint8Array | string;
}

export interface Verse {
  /** As the program shortens it: `"Ge"`, `"1Sm"`, `"SSol"`. */
  readonly book: string;
  readonly chapter: number;
  readonly verse: number;
  readonly text: string;
}

/**
 * The 31,102 verses of the King James Bible (4.2 million characters), by Debian's program `bible`; checked against their
 * checksum.
 *
 * Errors: the program is not there (install it with `apt-get install bible-kjv`), or prints something else.
 *
 * @example
 * // const verses = kingJames();
 * // verses[0].text; // "In the beginning God created the heaven and the earth."
 * kingJamesLicence.includes("public domain"); // => true
 */
export function kingJames({ program = "bible", file }: KingJamesOptions = {}): Verse[] {
  const bytes = file === undefined ? printed(program) : readBytes(asking, file);
  checkKnown(asking, bytes, MD5, "the text");
  return decode(bytes, "the text")
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, book = "", chapter, verse, text = ""] = /^(\d?[A-Za-z]+)(\d+):(\d+) (.*)$/.exec(line) ?? [];
      return { book, chapter: Number(chapter), verse: Number(verse), text };
    });
}

const MD5 = "347edc0f3658f7bfc979db479f2a3dcb";

const asking = { who: "kingJames", advice: "install it with: apt-get install bible-kjv, or pass file" };

function printed(program: string): Uint8Array {
  const { spawnSync } = builtin("kingJames", "node:child_process");
  const { stdout, error, status } = spawnSync(program, ["-f", "gen1:1-rev22:21"], { maxBuffer: 64 << 20 });
  if (error !== undefined || status !== 0) {
    throw new Error(`kingJames: cannot run the program ${program}; ${asking.advice}`, { cause: error });
  }
  return stdout;
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TypeError(`readText: ${name} is not UTF-8`, { cause });
  }
}
