import { describe, test } from "vitest";
import { Arena, builds, expectClose } from "./arena.ts";

const count = 23;
const rate = 0.05;

const sgd = {
  plain: { momentum: 0, dampening: 0, weightDecay: 0, nesterov: 0, maximize: 0 },
  "weight decay": { momentum: 0, dampening: 0, weightDecay: 0.1, nesterov: 0, maximize: 1 },
  momentum: { momentum: 0.9, dampening: 0.3, weightDecay: 0.01, nesterov: 0, maximize: 0 },
  nesterov: { momentum: 0.9, dampening: 0, weightDecay: 0.01, nesterov: 1, maximize: 0 },
};

const adam = {
  plain: { weightDecay: 0, decoupled: 0, maximize: 0, amsgrad: false },
  "weight decay": { weightDecay: 0.1, decoupled: 0, maximize: 1, amsgrad: false },
  "decoupled weight decay": { weightDecay: 0.1, decoupled: 1, maximize: 0, amsgrad: false },
  amsgrad: { weightDecay: 0.01, decoupled: 1, maximize: 0, amsgrad: true },
};

describe.each(builds)("%s", (_, module) => {
  test.each(Object.entries(sgd))("sgd, %s", (_name, { momentum, dampening, weightDecay, nesterov, maximize }) => {
    const arena = new Arena(module);
    const p = arena.random(count);
    const at = arena.put(p);
    const buffer = momentum === 0 ? 0 : arena.room(4 * count);
    const expected = Float64Array.from(p);
    const velocity = new Float64Array(count);
    for (let step = 0; step < 5; step++) {
      const gradient = arena.random(count);
      arena.kernels.sgdStep(
        at,
        arena.put(gradient),
        buffer,
        count,
        rate,
        momentum,
        dampening,
        weightDecay,
        nesterov,
        maximize,
        step === 0 ? 1 : 0,
      );
      for (let i = 0; i < count; i++) {
        const old = expected[i] as number;
        let g = (gradient[i] as number) * (maximize ? -1 : 1) + weightDecay * old;
        if (momentum !== 0) {
          const v = step === 0 ? g : momentum * (velocity[i] as number) + (1 - dampening) * g;
          velocity[i] = v;
          g = nesterov ? g + momentum * v : v;
        }
        expected[i] = old - rate * g;
      }
    }
    expectClose(arena.floats(at, count), expected, 1e-6);
    arena.expectIntact();
  });

  test.each(Object.entries(adam))("adam, %s", (_name, { weightDecay, decoupled, maximize, amsgrad }) => {
    const arena = new Arena(module);
    const [beta1, beta2, eps] = [0.9, 0.999, 1e-8];
    const p = arena.random(count);
    const zeros = new Float32Array(count);
    const [at, mAt, vAt] = [arena.put(p), arena.put(zeros), arena.put(zeros)];
    const largestAt = amsgrad ? arena.put(zeros) : 0;
    const expected = Float64Array.from(p);
    const [m, v, largest] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    for (let step = 1; step <= 5; step++) {
      const gradient = arena.random(count);
      const [correction1, correction2] = [1 - beta1 ** step, 1 - beta2 ** step];
      arena.kernels.adamStep(
        at,
        arena.put(gradient),
        mAt,
        vAt,
        largestAt,
        count,
        rate,
        beta1,
        beta2,
        eps,
        weightDecay,
        decoupled,
        maximize,
        correction1,
        correction2,
      );
      for (let i = 0; i < count; i++) {
        let old = expected[i] as number;
        const g = (gradient[i] as number) * (maximize ? -1 : 1) + (decoupled ? 0 : weightDecay * old);
        if (decoupled) old *= 1 - rate * weightDecay;
        m[i] = beta1 * (m[i] as number) + (1 - beta1) * g;
        v[i] = beta2 * (v[i] as number) + (1 - beta2) * g * g;
        largest[i] = amsgrad ? Math.max(largest[i] as number, v[i] as number) : (v[i] as number);
        const divisor = Math.sqrt(largest[i] as number) / Math.sqrt(correction2) + eps;
        expected[i] = old - ((rate / correction1) * (m[i] as number)) / divisor;
      }
    }
    expectClose(arena.floats(at, count), expected, 1e-6);
    arena.expectIntact();
  });
});
