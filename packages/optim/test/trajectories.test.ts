import { type Nested, tensor } from "@dl/tensor";
import { describe, expect, it } from "vitest";
import * as optim from "../src/index.ts";
import { camelCase } from "../src/state-dict.ts";
import { parameter } from "./parameter.ts";
import expected from "./pytorch.json" with { type: "json" };

type Options = Record<string, unknown>;
type MadeOptimizer = new (params: unknown, options: Options) => optim.Optimizer;
type MadeSchedule = new (optimizer: optim.Scheduled, options: Options) => optim.LRScheduler;

const options = (given: Options): Options =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [special[name] ?? camelCase(name), value]));
const special: Record<string, string> = { T_max: "tMax", T_0: "t0", T_mult: "tMult" };
const made = <C>(name: string): C => (optim as Record<string, unknown>)[name] as C;

describe("optimizers follow PyTorch", () => {
  it.each(expected.optimizers.map((each) => [each.name, JSON.stringify(each.options), each] as const))(
    "%s %s",
    (name, _, test) => {
      const params = expected.start.map((values) => parameter(values as Nested));
      const optimizer = new (made<MadeOptimizer>(name))(params, options(test.options));
      for (const gradients of expected.gradients) {
        params.forEach((p, i) => {
          p.grad = tensor(gradients[i] as Nested);
        });
        optimizer.step();
      }
      for (const [i, p] of params.entries()) expectClose(p.tolist(), test.after[i]);
      const { state } = optimizer.stateDict();
      for (const [index, theirs] of Object.entries(test.state)) {
        for (const [key, value] of Object.entries(theirs as Options)) {
          const ours = state[Number(index)]?.[key];
          if (value === null) expect(ours, key).toBeUndefined();
          else expectClose(typeof ours === "number" ? ours : (ours as { tolist(): unknown }).tolist(), value);
        }
      }
    },
  );
});

describe("schedules follow PyTorch", () => {
  it.each(expected.schedules.map((each) => [each.name, JSON.stringify(each.options), each] as const))(
    "%s %s",
    (name, _, test) => {
      const groups = [0.5, 0.2].map((lr) => ({ params: [tensor([0])], lr }));
      const optimizer = new optim.SGD(groups, { lr: 0.1, momentum: 0.9 });
      const schedule = new (made<MadeSchedule>(name))(optimizer, options(test.options));
      test.rates.forEach((rates, step) => {
        optimizer.paramGroups.forEach(({ lr, momentum }, i) => {
          expect(lr).toBeCloseTo(rates[i] as number, 12);
          expect(momentum).toBeCloseTo(test.momenta[step]?.[i] as number, 12);
        });
        schedule.step();
      });
    },
  );
});

/** Float32 against float32 with another order of operations. */
function expectClose(found: unknown, wanted: unknown): void {
  const [a, b] = [found, wanted].map((values) => [values].flat(3) as number[]);
  expect(a?.length).toBe(b?.length);
  for (const [i, value] of b?.entries() ?? []) {
    expect(Math.abs((a?.[i] as number) - value)).toBeLessThanOrEqual(3e-6 * Math.max(1, Math.abs(value)));
  }
}
