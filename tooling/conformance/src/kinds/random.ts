import { requiresGrad_ } from "@dl/autograd";
import { manualSeed, ones, randn, Tensor } from "@dl/tensor";
import { bind } from "../args.ts";
import { type Case, type JsonObject, listAt, numberAt, objectAt, textAt } from "../case.ts";
import { Mismatch } from "../compare.ts";
import type { Context } from "../context.ts";
import type { Row } from "../table/row.ts";
import type { ValueRecord } from "../value.ts";
import { recordOf, rowOf } from "./function.ts";
import { checkStatistics, checkTensor, meanOf, near, statisticsOf } from "./statistics.ts";

/** Random numbers: how they are distributed, and that a seed decides them. */
export async function runRandom(test: Case, { decoder }: Context): Promise<void> {
  const row = rowOf(test.op);
  const size = listAt(test, "shape").map(Number);
  if ("expect" in test) return runDropout(test, row, size);
  const kwargs = { ...recordOf(decoder.value(objectAt(test, "kwargs"))), size };
  const first = drawn(row, kwargs, 1);
  await checkTensor("values", first, statisticsOf(test));
  const values = (await first.read()).join();
  if (values !== (await drawn(row, kwargs, 1).read()).join()) throw new Mismatch("the same seed gives other values");
  const other = (await drawn(row, kwargs, 2).read()).join();
  if (first.size > 4 && values === other) throw new Mismatch("two seeds give the same values");
}

function drawn({ signature, call }: Row, kwargs: ValueRecord, seed: number): Tensor {
  manualSeed(seed);
  const result = call(bind(signature, [], kwargs));
  if (!(result instanceof Tensor)) throw new Mismatch(`got ${String(result)}, expected a tensor`);
  return result;
}

/** Dropout: what is kept is scaled, whole channels go together, and the gradient is the mask. */
async function runDropout(test: Case, { signature, call }: Row, size: readonly number[]): Promise<void> {
  const expected = objectAt(test, "expect");
  const moments = typeof expected["note"] === "string";
  manualSeed(1);
  const x = requiresGrad_(moments ? randn(size) : ones(size));
  const y = call(bind(signature, [x], { p: numberAt(test, "p"), training: test["training"] === true }));
  if (!(y instanceof Tensor)) throw new Mismatch(`got ${String(y)}, expected a tensor`);
  const values = Array.from(await y.read());
  if (moments) return checkMoments(values, textAt(test, "op"));
  checkStatistics("values", values, { values: listAt(expected, "values") });
  const plane = typeof expected["granularity"] === "string" ? size.slice(2).reduce((a, b) => a * b, 1) : 1;
  checkKept(values, plane, expected);
  y.backward({ gradient: ones(size) });
  const gradient = await x.grad?.read();
  if (gradient?.join() !== (await y.read()).join()) throw new Mismatch("the gradient is not mask / (1 - p)");
}

function checkKept(values: readonly number[], plane: number, expected: JsonObject): void {
  const kept: number[] = [];
  for (let start = 0; start < values.length; start += plane) {
    const part = values.slice(start, start + plane);
    if (part.some((value) => value !== part[0])) throw new Mismatch("a channel is kept in part");
    kept.push(part[0] === 0 ? 0 : 1);
  }
  const share = numberAt(expected, "keep_fraction");
  const found = meanOf(kept);
  if (near(found, share, 5 * Math.sqrt((share * (1 - share)) / kept.length))) return;
  throw new Mismatch(`a share of ${found} is kept, expected ${share}`);
}

function checkMoments(values: readonly number[], op: string): void {
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  if (!near(mean, 0, 0.1) || !near(variance, 1, 0.15))
    throw new Mismatch(`${op}: mean ${mean} and variance ${variance}, expected 0 and 1`);
}
