/**
 * What threads tell each other: one job at a time, a kernel and lists of arguments, which any thread claims one by one.
 * It lies in memory of its own, beside that of the tensors.
 */
export interface Control {
  readonly buffer: SharedArrayBuffer;
  readonly words: Int32Array<SharedArrayBuffer>;
  /** The scratch memory of the job, then the arguments of each call. */
  readonly numbers: Float64Array<SharedArrayBuffer>;
  /** The words of the first error, as UTF-16. */
  readonly text: Uint16Array<SharedArrayBuffer>;
  /** The module of a job that is not one of the kernels. */
  readonly bytes: Uint8Array<SharedArrayBuffer>;
}

/** Indices of the int32 words. */
export const word = {
  /** Counts jobs; idle threads wait for it to change. */
  job: 0,
  /** The job's number times 256, plus the next call that nobody has claimed. */
  next: 1,
  /** Calls of this job. */
  count: 2,
  /** Those that have ended; the main thread waits for it. */
  done: 3,
  /** Threads that wait asleep. */
  asleep: 4,
  /** Which export of the kernels, or -1 - the number of a module. */
  kernel: 5,
  /** Arguments of each call. */
  arity: 6,
  /** Bytes of the module. */
  length: 7,
  /** Which argument is the thread's scratch memory, or -1. */
  scratch: 9,
  /** Code units of the first error, or 0. */
  failed: 8,
  /** 1 where each call repeats the kernel over many runs. */
  repeats: 10,
  /** From here on, for each thread: 1 while it may have a call that has not ended. */
  busy: 11,
} as const;

/** Indices of the float64 numbers: where scratch memory is, bytes of it for each thread, then the arguments. */
export const scratchAt = 0;
export const scratchBytes = 1;
export const argumentsFrom = 2;

/** Calls in one job: `next` counts them below 255, which says that a job is being written. */
export const mostCalls = 250;
export const mostArguments = 40;

/** The most threads, the main one included. */
export const mostThreads = 64;

/** Bytes of the longest module. */
export const moduleRoom = 65536;

/** How many there are of each kind. */
export const length = { words: 80, text: 512, numbers: argumentsFrom + mostCalls * mostArguments } as const;

/** Where each part of the buffer starts, in bytes. */
export const start = {
  words: 0,
  text: 4 * length.words,
  numbers: 4 * length.words + 2 * length.text,
  bytes: 4 * length.words + 2 * length.text + 8 * length.numbers,
} as const;

/** How long an idle thread looks for work before it sleeps: as long as waking it takes. Milliseconds. */
export const spinning = 0.1;

/** Nothing to do yet. */
export function newControl(): Control {
  const buffer = new SharedArrayBuffer(start.bytes + moduleRoom);
  return {
    buffer,
    words: new Int32Array(buffer, start.words, length.words),
    text: new Uint16Array(buffer, start.text, length.text),
    numbers: new Float64Array(buffer, start.numbers, length.numbers),
    bytes: new Uint8Array(buffer, start.bytes),
  };
}
