import type { FileOfNumbers, Files } from "../protocol.ts";

/** A library under test, in a process of its own. */
export interface Peer {
  readonly versions: string;
  readonly threads: number;
  /** Cases it can run, by id. */
  readonly cases: Readonly<Record<string, Build>>;
  /** Lines about what ran since they were last asked for, for `--profile`. */
  readonly notes?: () => readonly string[];
  /** Names of WebAssembly functions by index, for `--profile`. */
  readonly kernelNames?: () => ReadonlyMap<string, string>;
}

export type Build = (data: Data) => Runnable | Promise<Runnable>;

export interface Runnable {
  /** One run: an op, or a training step; frees what it made. */
  readonly run: () => unknown;
  /** The output of an op, or the losses of three training steps; or a sentence on what else is computed here. */
  readonly numbers: (() => ArrayLike<number> | Promise<ArrayLike<number>>) | string;
  /** What the case scores in the end. */
  readonly score?: () => Promise<number>;
  /** Steps in one `run`. Default 1. */
  readonly steps?: number;
}

export interface Numbers<T = Float32Array<ArrayBuffer>> {
  readonly data: T;
  readonly shape: number[];
}

/** The numbers of a case. */
export class Data {
  readonly #files: Files;
  readonly #read: (file: string) => ArrayBuffer;

  /** `read` gives the bytes of a file. */
  constructor(files: Files, read: (file: string) => ArrayBuffer) {
    this.#files = files;
    this.#read = read;
  }

  input(name: string): Numbers {
    return this.#floats(name, this.#files.inputs[name]);
  }

  labels(name = "labels"): Numbers<Int32Array<ArrayBuffer>> {
    const found = this.#files.inputs[name];
    if (found === undefined) throw new Error(`bench: no labels ${name}`);
    return { data: new Int32Array(this.#read(found.file)), shape: [...found.shape] };
  }

  bytes(name: string): Numbers<Uint8Array<ArrayBuffer>> {
    const found = this.#files.inputs[name];
    if (found === undefined) throw new Error(`bench: no bytes ${name}`);
    return { data: new Uint8Array(this.#read(found.file)), shape: [...found.shape] };
  }

  parameter(name: string): Numbers {
    return this.#floats(name, this.#files.parameters[name]);
  }

  parameters(): [string, Numbers][] {
    return Object.keys(this.#files.parameters).map((name) => [name, this.parameter(name)]);
  }

  #floats(name: string, found: FileOfNumbers | undefined): Numbers {
    if (found === undefined) throw new Error(`bench: no numbers ${name}`);
    return { data: new Float32Array(this.#read(found.file)), shape: [...found.shape] };
  }
}
