import {
  argumentsFrom,
  type Control,
  moduleRoom,
  mostArguments,
  mostCalls,
  newControl,
  scratchAt,
  scratchBytes,
  word,
} from "./control.ts";
import type { Kernel } from "./split.ts";
import { startThread, type Thread } from "./thread.ts";

/** What threads run: one of the kernels by its place among the exports, or a module of its own. */
export interface Program {
  readonly run: Kernel;
  /** A place among the exports, or -1 - the number of a module. */
  readonly number: number;
  /** Of a module of its own. */
  readonly bytes?: Uint8Array;
  /** Whether each call repeats the module's function over many runs, as `run` does. */
  readonly repeats?: boolean;
}

/** Scratch memory, `bytes` for each thread from `address` on; a thread's own replaces one argument. */
export interface Scratch {
  readonly address: number;
  readonly bytes: number;
  readonly argument: number;
}

/** Threads that share the memory of the tensors with this one. */
export class Pool {
  readonly #owner: Owner;
  readonly #threads: Thread[] = [];
  readonly #control: Control = newControl();
  readonly #canWait: boolean;
  #job = 0;
  /** The module that lies in the control's memory. */
  #shown = 0;

  private constructor(owner: Owner) {
    this.#owner = owner;
    this.#canWait = canWait(this.#control.words);
  }

  /**
   * Starts `count - 1` threads beside this one. If one of them ends by itself, the others and this one do what it has not
   * begun.
   */
  static async start(
    count: number,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    owner: Owner,
  ): Promise<Pool> {
    const pool = new Pool(owner);
    const started = await Promise.allSettled(
      Array.from({ length: count - 1 }, (_, i) =>
        startThread({ module, memory, control: pool.#control.buffer, thread: i + 1 }, owner.onEnd),
      ),
    );
    for (const one of started) if (one.status === "fulfilled") pool.#threads.push(one.value);
    const failed = started.find((one) => one.status === "rejected");
    if (failed === undefined) return pool;
    pool.stop();
    throw failed.reason;
  }

  get size(): number {
    return this.#threads.length + 1;
  }

  stop(): void {
    for (const thread of this.#threads) thread.stop();
  }

  /** Whether there is room for calls of so many arguments; else one thread makes them. */
  takes({ bytes }: Program, count: number): boolean {
    return count <= mostArguments && (bytes?.length ?? 0) <= moduleRoom;
  }

  /** Calls a program with each list of arguments, in any order. No call may write what another one reads or writes. */
  run(program: Program, calls: readonly (readonly number[])[], scratch: Scratch = none): void {
    for (let from = 0; from < calls.length; from += mostCalls) {
      this.#publish(program, calls.slice(from, from + mostCalls), scratch);
      const failure = this.#work(program, scratch);
      const done = this.#wait(Math.min(mostCalls, calls.length - from));
      const reason = this.#takeFailure() ?? failure;
      if (!done) throw this.#lost();
      if (reason !== undefined) throw new Error(`${this.#owner.who()}: a thread failed: ${String(reason)}`);
    }
  }

  #publish(program: Program, calls: readonly (readonly number[])[], scratch: Scratch): void {
    const { words, numbers } = this.#control;
    const arity = calls[0]?.length ?? 0;
    const job = (this.#job + 1) & 0xffffff;
    this.#job = job;
    Atomics.store(words, word.next, (job << 8) | 255);
    words[word.count] = calls.length;
    words[word.done] = 0;
    words[word.kernel] = program.number;
    words[word.arity] = arity;
    words[word.repeats] = program.repeats ? 1 : 0;
    numbers[scratchAt] = scratch.address;
    numbers[scratchBytes] = scratch.bytes;
    words[word.scratch] = scratch.argument;
    for (let i = 0; i < calls.length; i++) numbers.set(calls[i] as readonly number[], argumentsFrom + i * arity);
    this.#show(program);
    Atomics.store(words, word.next, job << 8);
    Atomics.store(words, word.job, job);
    if (Atomics.load(words, word.asleep) > 0) Atomics.notify(words, word.job);
  }

  #show({ number, bytes }: Program): void {
    if (bytes === undefined || this.#shown === number) return;
    this.#control.bytes.set(bytes);
    this.#control.words[word.length] = bytes.length;
    this.#shown = number;
  }

  /** Claims calls until none is left. */
  #work({ run }: Program, { address, argument }: Scratch): unknown {
    const { words, numbers } = this.#control;
    const count = words[word.count] as number;
    const arity = words[word.arity] as number;
    let failure: unknown;
    for (;;) {
      const index = Atomics.load(words, word.next) & 255;
      if (index >= count) return failure;
      const next = (this.#job << 8) | index;
      if (Atomics.compareExchange(words, word.next, next, next + 1) !== next) continue;
      const from = argumentsFrom + index * arity;
      const values = Array.from(numbers.subarray(from, from + arity));
      if (argument >= 0) values[argument] = address;
      try {
        run(...values);
      } catch (error) {
        failure = error;
      }
      Atomics.add(words, word.done, 1);
    }
  }

  /**
   * Until all calls have ended: awake for a moment, then asleep where this thread may sleep. False if a thread ended in the
   * middle of a call; as one that was told to stop may run on for a moment, this is believed when seen twice.
   */
  #wait(count: number): boolean {
    const { words } = this.#control;
    let isLost = false;
    for (let turns = 0; ; turns++) {
      const done = Atomics.load(words, word.done);
      if (done === count) return true;
      if (!this.#canWait || turns <= turnsAwake) continue;
      if (Atomics.wait(words, word.done, done, patience) !== "timed-out") continue;
      if (isLost) return false;
      isLost = this.#isAlone();
    }
  }

  /** Whether a thread has ended and no other may have a call. */
  #isAlone(): boolean {
    const ended = this.#threads.map(({ hasEnded }) => hasEnded);
    const isBusy = (i: number): boolean => Atomics.load(this.#control.words, word.busy + 1 + i) === 1;
    return ended.includes(true) && ended.every((hasEnded, i) => hasEnded || !isBusy(i));
  }

  #lost(): Error {
    const who = this.#owner.who();
    this.#owner.onEnd(`in the middle of ${who}`);
    return new Error(
      `${who}: a thread ended in the middle of it, so the result is lost; one thread computes from now on`,
    );
  }

  /** What another thread threw, as text. */
  #takeFailure(): string | undefined {
    const { words, text } = this.#control;
    const length = words[word.failed] as number;
    words[word.failed] = 0;
    return length === 0 ? undefined : String.fromCharCode(...text.subarray(0, length));
  }
}

/** Who started the threads. */
interface Owner {
  /** Names the op that runs, for errors. */
  who(): string;
  /** Told why if a thread ends by itself. */
  onEnd(reason: string): void;
}

const none: Scratch = { address: 0, bytes: 0, argument: -1 };

/** Looks at whether calls have ended before the main thread sleeps: about 0.1 ms. */
const turnsAwake = 5000;

/** How long the main thread sleeps before it looks whether a thread has ended. Milliseconds. */
const patience = 50;

/** Whether this thread may sleep: the main one of a page may not. */
function canWait(words: Int32Array<SharedArrayBuffer>): boolean {
  try {
    Atomics.wait(words, word.job, 1, 0);
    return true;
  } catch {
    return false;
  }
}
