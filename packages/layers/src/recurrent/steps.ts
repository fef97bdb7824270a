import { cat, narrow, type Tensor } from "@dl/tensor";
import type { Ran } from "./climb.ts";

/** From the elements of one step and the state before it to the state after it, whose first part is the output. */
export type Step = (x: Tensor, state: readonly Tensor[]) => readonly Tensor[];

/**
 * Steps through sequences from first to last: `[n, ...]` each, where n never grows. The state of a sequence that has ended
 * is put aside.
 */
export function runForward(steps: readonly Tensor[], start: readonly Tensor[], step: Step): Ran<readonly Tensor[]> {
  let state = start;
  const ended: (readonly Tensor[])[] = [];
  const output = steps.map((x) => {
    const [before, count] = [rowsOf(state), x.shape[0] as number];
    if (count < before) {
      ended.unshift(state.map((part) => narrow(part, 0, count, before - count)));
      state = state.map((part) => narrow(part, 0, 0, count));
    }
    state = step(x, state);
    return state[0] as Tensor;
  });
  if (ended.length === 0) return { output, state };
  return { output, state: state.map((part, k) => cat([part, ...ended.map((each) => each[k] as Tensor)])) };
}

/** Steps through the same sequences from last to first. A sequence joins in at its own last element. */
export function runBackward(steps: readonly Tensor[], start: readonly Tensor[], step: Step): Ran<readonly Tensor[]> {
  const output = new Array<Tensor>(steps.length);
  let state = start.map((part) => narrow(part, 0, 0, steps.at(-1)?.shape[0] ?? 0));
  for (let t = steps.length - 1; t >= 0; t--) {
    const x = steps[t] as Tensor;
    const [before, count] = [rowsOf(state), x.shape[0] as number];
    if (count > before) {
      state = state.map((part, k) => cat([part, narrow(start[k] as Tensor, 0, before, count - before)]));
    }
    state = [...step(x, state)];
    output[t] = state[0] as Tensor;
  }
  return { output, state };
}

const rowsOf = (state: readonly Tensor[]): number => state[0]?.shape[0] ?? 0;
