import { forEachRunOf, type Walk } from "../../../strided.ts";
import { mostCalls } from "./control.ts";
import type { Program } from "./pool.ts";
import { type Kernel, type Operand, partsOf, type RowSplit, ranges, splitRows, type Threads } from "./split.ts";

/** A loop over elements with its large calls spread over the threads: by elements in one run, by runs where there are many. */
export function splitLoop(program: Program, split: RowSplit, threads: Threads): Kernel {
  const byRuns: Program = { ...program, run: repeated(program.run), repeats: true };
  const eachRun: Kernel["eachRun"] = (walk, operands, numbers) => {
    const calls = callsOf(walk, operands, numbers, split, threads);
    if (calls.length < 2 || !threads.pool.takes(byRuns, calls[0]?.length ?? 0)) return false;
    threads.pool.run(byRuns, calls);
    return true;
  };
  return Object.assign(splitRows(program, split, threads), { eachRun });
}

/** Calls of a `repeated` loop, each over some of the runs that follow one another evenly; none where that does not pay. */
function callsOf(
  { shape, strides }: Walk,
  operands: readonly Operand[],
  numbers: readonly number[],
  split: RowSplit,
  threads: Threads,
): number[][] {
  const calls: number[][] = [];
  const length = shape.at(-1) ?? 1;
  const runs = shape.slice(0, -1);
  const groups = runs.slice(0, -1).reduce((product, count) => product * count, 1);
  const all = groups * (runs.at(-1) ?? 1);
  const parts = partsOf(threads, all * length * split.cost([length]), all);
  const inGroup = Math.ceil(parts / groups);
  if (parts < 2 || groups * inGroup > mostCalls) return calls;
  const walk = { shape: runs, strides: strides.map((own) => own.slice(0, -1)) };
  forEachRunOf(
    walk,
    strides.map(() => 0),
    (starts, steps, count) => {
      const moves = operands.map(({ bytes }, k) => bytes * (steps[k] as number));
      const places = operands.map(({ address, bytes }, k) => address + bytes * (starts[k] as number));
      for (const [from, to] of ranges(count, inGroup)) {
        const moved = places.map((place, k) => place + from * (moves[k] as number));
        calls.push([to - from, operands.length, ...moves, length, ...moved, ...numbers]);
      }
    },
  );
  return calls;
}

/** A loop as threads repeat it: how often, how many addresses follow its length, the bytes that each moves, its arguments. */
const repeated =
  (run: Kernel): Kernel =>
  (times = 0, moving = 0, ...rest) => {
    const values = rest.slice(moving);
    for (let i = 0; i < times; i++) {
      run(...values);
      for (let k = 0; k < moving; k++) values[k + 1] = (values[k + 1] as number) + (rest[k] as number);
    }
  };
