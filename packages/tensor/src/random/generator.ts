import { mersenne, mersenneFromState } from "pure-rand/generator/mersenne";
import { decodeState, encodeState } from "./state.ts";

/** Seed of a generator that was given none: the one of `torch.Generator()`. */
export const DEFAULT_SEED = 67280421310721;

/**
 * A stream of random numbers: MT19937, seeded and read as PyTorch's CPU generator does,
 * so the same seed gives the same numbers as `torch.manual_seed(seed)` on a CPU.
 *
 * Two generators share nothing. A new one starts at {@link DEFAULT_SEED}, never at the time of day.
 *
 * Errors: a seed that is not a safe integer is a RangeError.
 * Source: https://pytorch.org/docs/stable/generated/torch.Generator.html
 *
 * @example
 * new Generator(0).uniform24(); // => 0.4962565898895264
 */
export class Generator {
  #engine: ReturnType<typeof mersenne>;
  #seed: number;
  #nextNormal: number | undefined;

  constructor(seed: number = DEFAULT_SEED) {
    this.#engine = mersenne(low32(seed));
    this.#seed = seed;
  }

  /** The seed that the stream started from. */
  get initialSeed(): number {
    return this.#seed;
  }

  /** Restarts the stream. As in PyTorch only the low 32 bits of `seed` count. */
  manualSeed(seed: number): this {
    this.#engine = mersenne(low32(seed));
    this.#seed = seed;
    this.#nextNormal = undefined;
    return this;
  }

  /** A uniform integer in [0, 2³²). */
  random(): number {
    return this.#engine.next() >>> 0;
  }

  /** A uniform number in [0, 1) with 24 random bits, one draw: what a float32 gets. */
  uniform24(): number {
    return (this.#engine.next() & 0xffffff) * 2 ** -24;
  }

  /** A uniform number in [0, 1) with 53 random bits, two draws: what a float64 gets. */
  uniform53(): number {
    const high = this.#engine.next() & 0x1fffff;
    return (high * 2 ** 32 + (this.#engine.next() >>> 0)) * 2 ** -53;
  }

  /** A standard normal number in float64. They are made in pairs; the second is kept for the next call. */
  normal(): number {
    const kept = this.#nextNormal;
    if (kept !== undefined) {
      this.#nextNormal = undefined;
      return kept;
    }
    const u1 = this.uniform53();
    const u2 = this.uniform53();
    const radius = Math.sqrt(-2 * Math.log1p(-u2));
    const theta = 2 * Math.PI * u1;
    this.#nextNormal = radius * Math.sin(theta);
    return radius * Math.cos(theta);
  }

  /** Everything needed to go on from here, as the 5,056 bytes of `torch.get_rng_state()`. */
  getState(): Uint8Array {
    return encodeState({ engine: this.#engine.getState(), seed: this.#seed, nextNormal: this.#nextNormal });
  }

  /**
   * Goes on from where {@link getState}, or `torch.get_rng_state()`, was called.
   *
   * Errors: bytes that are no such state are a RangeError, and the stream stays where it was.
   */
  setState(state: Uint8Array): this {
    const { engine, seed, nextNormal } = decodeState(state);
    this.#engine = mersenneFromState(engine);
    this.#seed = seed;
    this.#nextNormal = nextNormal;
    return this;
  }

  /** A generator at the same place of the same stream, independent from here on. */
  clone(): Generator {
    return new Generator().setState(this.getState());
  }
}

let shared: Generator | undefined;

/** The generator that random functions draw from when they are given none. */
export function defaultGenerator(): Generator {
  shared ??= new Generator();
  return shared;
}

/**
 * Restarts the default generator and returns it.
 *
 * @example
 * manualSeed(42).uniform24(); // => 0.8822692632675171
 */
export function manualSeed(seed: number): Generator {
  return defaultGenerator().manualSeed(seed);
}

function low32(seed: number): number {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Generator: seed must be an integer from -(2^53 - 1) to 2^53 - 1, got ${seed}`);
  }
  return Number(BigInt.asIntN(32, BigInt(seed)));
}
