import { mersenneFromState } from "pure-rand/generator/mersenne";

/** What a generator is made of. `engine` is pure-rand's state: the place, then 624 words. */
export interface GeneratorState {
  readonly engine: readonly number[];
  readonly seed: number;
  readonly nextNormal: number | undefined;
}

/*
 * PyTorch keeps the block of 624 words it reads from and where it is in it, and makes the next block when that one is
 * used up. pure-rand replaces each word by that of the next block as soon as it is read. So encoding takes the
 * replaced words back, which the Mersenne twister allows, and decoding reads up to the place.
 */
const WORDS = 624;
const MIDDLE = 397;
const TWIST = 0x9908b0df;

const BYTES = 5056;
const LEFT = 8;
const SEEDED = 12;
const NEXT = 16;
const BLOCK = 24;
const NORMAL = 5024;
const NORMAL_VALID = 5040;

/** The 5,056 bytes of `torch.get_rng_state()`. */
export function encodeState({ engine, seed, nextNormal }: GeneratorState): Uint8Array {
  const view = new DataView(new ArrayBuffer(BYTES));
  const read = engine[0] === 0 ? WORDS : (engine[0] as number);
  view.setBigUint64(0, BigInt.asUintN(64, BigInt(seed)), true);
  view.setInt32(LEFT, WORDS + 1 - read, true);
  view.setInt32(SEEDED, 1, true);
  view.setInt32(NEXT, read, true);
  const block = untwist(engine.slice(1), read);
  for (let i = 0; i < WORDS; i++) view.setInt32(BLOCK + 8 * i, block[i] as number, true);
  if (nextNormal !== undefined) {
    view.setFloat64(NORMAL, nextNormal, true);
    view.setInt32(NORMAL_VALID, 1, true);
  }
  return new Uint8Array(view.buffer);
}

/** The inverse of {@link encodeState}. */
export function decodeState(bytes: Uint8Array): GeneratorState {
  if (bytes.length !== BYTES) {
    throw new RangeError(`Generator: a state has ${BYTES} bytes, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, BYTES);
  const left = view.getInt32(LEFT, true);
  const next = view.getInt32(NEXT, true);
  const fresh = left === 1;
  if (view.getInt32(SEEDED, true) !== 1 || (!fresh && (next < 1 || left !== WORDS + 1 - next))) {
    throw new RangeError(`Generator: not a state of a generator: place ${next} with ${left} left of ${WORDS} words`);
  }
  const seed = Number(BigInt.asIntN(64, view.getBigUint64(0, true)));
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Generator: the state's seed must be an integer from -(2^53 - 1) to 2^53 - 1, got ${seed}`);
  }
  const block = Array.from({ length: WORDS }, (_, i) => view.getInt32(BLOCK + 8 * i, true));
  const engine = mersenneFromState([0, ...block]);
  for (let i = fresh ? WORDS : next; i > 0; i--) engine.next();
  return {
    engine: engine.getState(),
    seed,
    nextNormal: view.getInt32(NORMAL_VALID, true) === 0 ? undefined : view.getFloat64(NORMAL, true),
  };
}

/** Takes the first `count` words of a twister back by one block. */
function untwist(words: number[], count: number): number[] {
  for (let i = count - 1; i >= 0; i--) {
    const own = sourceOf((words[i] as number) ^ (words[(i + MIDDLE) % WORDS] as number));
    if (i + 1 < WORDS) words[i + 1] = ((words[i + 1] as number) & 0x80000000) | (own & 0x7fffffff);
    words[i] = own & 0x80000000;
  }
  const before = sourceOf((words[WORDS - 1] as number) ^ (words[MIDDLE - 1] as number));
  words[0] = (words[0] as number) | (before & 0x7fffffff);
  return words;
}

/** The word whose twist is `twisted`. */
function sourceOf(twisted: number): number {
  return twisted < 0 ? ((twisted ^ TWIST) << 1) | 1 : twisted << 1;
}
