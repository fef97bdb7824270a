import type { wasmImports } from "../../../formula/wasm.ts";
import { argumentsFrom, length, scratchAt, scratchBytes, spinning, start, word } from "./control.ts";

/** What a thread is sent when it starts. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: SharedArrayBuffer;
  /** Its number, from 1; the main thread is 0. */
  readonly thread: number;
}

/** The functions that formulas import, as they are written here: a bundler may rename what a function refers to. */
const imports: { readonly [Name in keyof typeof wasmImports]: string } = {
  sin: "Math.sin",
  cos: "Math.cos",
  tan: "Math.tan",
  fmod: "(x, y) => x % y",
};

/**
 * The program of a thread, as text, so that no bundler has to find a file: it claims calls of the job until none is
 * left, looks for the next job for a moment, then sleeps until there is one.
 */
export const workerSource = (): string => `
const begin = ({ module, memory, control, thread }) => {
  const words = new Int32Array(control, ${start.words}, ${length.words});
  const numbers = new Float64Array(control, ${start.numbers}, ${length.numbers});
  const text = new Uint16Array(control, ${start.text}, ${length.text});
  const bytes = new Uint8Array(control, ${start.bytes});
  const env = { memory, ${Object.entries(imports)
    .map(([name, text]) => `${name}: ${text}`)
    .join(", ")} };
  const exported = new WebAssembly.Instance(module, { env }).exports;
  const kernels = WebAssembly.Module.exports(module).map(({ name }) => exported[name]);
  const loops = new Map();

  const compiled = (number) => {
    const loop = new WebAssembly.Instance(new WebAssembly.Module(bytes.slice(0, words[${word.length}])), { env }).exports.run;
    loops.set(number, loop);
    return loop;
  };
  const call = (index) => {
    const kernel = words[${word.kernel}];
    const arity = words[${word.arity}];
    const from = ${argumentsFrom} + index * arity;
    const values = Array.from(numbers.subarray(from, from + arity));
    const scratch = words[${word.scratch}];
    if (scratch >= 0) values[scratch] = numbers[${scratchAt}] + thread * numbers[${scratchBytes}];
    const run = kernel >= 0 ? kernels[kernel] : (loops.get(kernel) ?? compiled(kernel));
    if (words[${word.repeats}] === 1) repeat(run, values);
    else run(...values);
  };
  const repeat = (run, [times, moving, ...rest]) => {
    const values = rest.slice(moving);
    for (let i = 0; i < times; i++) {
      run(...values);
      for (let k = 0; k < moving; k++) values[k + 1] += rest[k];
    }
  };
  const fail = (error) => {
    const message = String(error).slice(0, ${length.text});
    if (Atomics.compareExchange(words, ${word.failed}, 0, message.length) !== 0) return;
    for (let i = 0; i < message.length; i++) text[i] = message.charCodeAt(i);
  };
  const work = () => {
    for (;;) {
      const next = Atomics.load(words, ${word.next});
      const count = Atomics.load(words, ${word.count});
      if ((next & 255) >= count) return;
      if (Atomics.compareExchange(words, ${word.next}, next, next + 1) !== next) continue;
      try {
        call(next & 255);
      } catch (error) {
        fail(error);
      }
      if (Atomics.add(words, ${word.done}, 1) === count - 1) Atomics.notify(words, ${word.done});
    }
  };
  const pause = Atomics.pause ?? (() => {});
  const changed = (seen) => {
    const until = performance.now() + ${spinning};
    do {
      for (let i = 0; i < 50; i++) {
        if (Atomics.load(words, ${word.job}) !== seen) return true;
        pause();
      }
    } while (performance.now() < until);
    return false;
  };
  const run = () => {
    for (;;) {
      const seen = Atomics.load(words, ${word.job});
      Atomics.store(words, ${word.busy} + thread, 1);
      work();
      Atomics.store(words, ${word.busy} + thread, 0);
      if (changed(seen)) continue;
      Atomics.add(words, ${word.asleep}, 1);
      Atomics.wait(words, ${word.job}, seen);
      Atomics.sub(words, ${word.asleep}, 1);
    }
  };
  return run;
};
if (typeof process === "object" && process.getBuiltinModule) {
  const { parentPort } = process.getBuiltinModule("node:worker_threads");
  parentPort.once("message", (message) => {
    const run = begin(message);
    parentPort.postMessage("ready");
    run();
  });
} else {
  self.onmessage = ({ data }) => {
    const run = begin(data);
    self.postMessage("ready");
    run();
  };
}
`;
