import type { WasmKernels } from "./kernels.ts";

/** What the choice needs of the device. */
export interface Multiplier {
  readonly kernels: Pick<WasmKernels, "gemm" | "gemmScratch" | "useDoubleTiles">;
  readonly memory: WebAssembly.Memory;
  withScratch<T>(bytes: number, body: (address: number) => T): T;
}

/** Multiply-adds before each measurement: by then the engine has optimized what runs, and the cost is a few percent. */
const measuredAt = [2 ** 29, 2 ** 31, 2 ** 33];
/** Of the product that is measured; some 60 µs. */
const sizes = { m: 48, n: 128, k: 256 } as const;
const fewestCalls = 8;
const samples = 3;
/** A clock that ticks more rarely (in milliseconds) would have to look for too long. */
const longestTick = 0.2;
/** Calls for each millisecond between ticks, so that a sample takes some twenty ticks. */
const callsPerTick = 400;
/** Tiles twice as wide must take at most so much of the time of the others. */
const gain = 0.9;

/**
 * Measures which tiles multiply faster on this engine, once there is enough work for it to matter. Tiles twice as wide
 * win where the engine joins vectors of four floats to vectors of eight, as V8 does with
 * `--experimental-wasm-revectorize`. Their bits are the same.
 */
export class TileChoice {
  #work = 0;
  #measured = 0;

  /** Counts work, and measures when it is due. */
  add(multiplyAdds: number, engine: Multiplier): void {
    this.#work += multiplyAdds;
    const due = measuredAt[this.#measured];
    if (due === undefined || this.#work < due) return;
    this.#measured++;
    if (!isDoubleFaster(engine)) return;
    engine.kernels.useDoubleTiles(1);
    this.#measured = measuredAt.length;
  }
}

function isDoubleFaster(engine: Multiplier): boolean {
  const { kernels } = engine;
  const { m, n, k } = sizes;
  const tick = tickOfClock();
  if (tick > longestTick) return false;
  const calls = Math.max(fewestCalls, Math.ceil(callsPerTick * tick));
  return engine.withScratch(4 * (m * k + k * n + m * n), (a) =>
    engine.withScratch(kernels.gemmScratch(), (scratch) => {
      new Float32Array(engine.memory.buffer, a, m * k + k * n).fill(1);
      const b = a + 4 * m * k;
      const time = (double: number): number => {
        kernels.useDoubleTiles(double);
        const start = performance.now();
        for (let i = 0; i < calls; i++) kernels.gemm(m, n, k, a, b, b + 4 * k * n, 0, 0, scratch);
        return performance.now() - start;
      };
      const times = Array.from({ length: samples }, () => [time(0), time(1)] as const);
      kernels.useDoubleTiles(0);
      return Math.min(...times.map(([, double]) => double)) < gain * Math.min(...times.map(([single]) => single));
    }),
  );
}

/** Milliseconds from one time that the clock tells to the next. */
function tickOfClock(): number {
  const start = performance.now();
  let next = start;
  while (next === start) next = performance.now();
  return next - start;
}
