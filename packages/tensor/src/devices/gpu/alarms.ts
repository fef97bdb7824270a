import { usage } from "./buffers.ts";

/** Different sentences that all kernels of a device may raise; any more share the last slot. */
const mostSentences = 64;
const bytes = 8 * mostSentences;

/**
 * Where kernels report what only the elements tell, such as an index out of range. Each sentence has two words: whether
 * it was raised, and the number that goes in the place of its `%`.
 */
export class Alarms {
  readonly buffer: GPUBuffer;
  readonly bytes: number = bytes;
  readonly #sentences: string[] = [];
  /** Whether a call that may raise one was recorded since the last look. */
  armed = false;

  constructor(device: GPUDevice) {
    this.buffer = device.createBuffer({ size: bytes, usage: usage.storage | usage.copySource | usage.copyTarget });
  }

  /** The slot of a sentence, which the kernel passes to `raise`. */
  slotOf(sentence: string): number {
    const known = this.#sentences.indexOf(sentence);
    if (known >= 0) return known;
    return this.#sentences.length < mostSentences ? this.#sentences.push(sentence) - 1 : mostSentences - 1;
  }

  /** The error for what was raised, if anything, in a copy of the buffer. */
  errorIn(words: Uint32Array): RangeError | undefined {
    const slot = this.#sentences.findIndex((_, k) => words[2 * k] !== 0);
    if (slot < 0) return undefined;
    return new RangeError((this.#sentences[slot] as string).replace("%", String((words[2 * slot + 1] as number) | 0)));
  }
}

/** WGSL by which a kernel raises the sentence in `slot`; `binding` comes after that of the output. */
export const alarmsToWgsl = (binding: number): string => `
@group(0) @binding(${binding}) var<storage, read_write> alarms : array<atomic<u32>>;
fn raise(slot : u32, value : i32) {
  atomicStore(&alarms[2u * slot + 1u], bitcast<u32>(value));
  atomicStore(&alarms[2u * slot], 1u);
}`;

/** The sentence for an index that names nothing. */
export const outOfRange = (who: string): string => `${who}: index % is out of range`;
