/** What the bench asks a library's process, one JSON line each. */
export type Request =
  | { readonly ask: "hello" }
  | { readonly ask: "load"; readonly case: string; readonly files: Files; readonly output: string }
  | { readonly ask: "warm"; readonly forMs: number }
  | { readonly ask: "time"; readonly steps: number }
  | { readonly ask: "score" }
  | { readonly ask: "profile"; readonly forMs: number };

/** What it answers, one JSON line each; `error` in place of everything else. */
export interface Answers {
  readonly hello: { readonly versions: string; readonly threads: number };
  /** After the numbers of a first run are in the output file; `differs` says why there are none to compare. */
  readonly load: { readonly differs: string };
  /** Milliseconds per step, over the last steps. */
  readonly warm: { readonly ms: number };
  /** Milliseconds per step. */
  readonly time: { readonly ms: number };
  /** Whatever the case scores in the end. */
  readonly score: { readonly score: number };
  readonly profile: { readonly lines: readonly string[] };
}

/** Raw little-endian numbers in a file. */
export interface FileOfNumbers {
  readonly file: string;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "uint8";
}

export interface Files {
  readonly inputs: Readonly<Record<string, FileOfNumbers>>;
  readonly parameters: Readonly<Record<string, FileOfNumbers>>;
}
