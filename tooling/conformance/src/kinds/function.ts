import { Tensor, toCopy } from "@dl/tensor";
import { type Args, bind } from "../args.ts";
import { type Case, listAt, objectAt } from "../case.ts";
import { compareAll } from "../compare.ts";
import { type Context, NotCovered, tolerance } from "../context.ts";
import { compareGradients, markLeaves, runBackward } from "../gradients.ts";
import { rows } from "../table/index.ts";
import type { Result, Row } from "../table/row.ts";
import { isRecord, isValues, type Value, type ValueRecord } from "../value.ts";

/** A call of a function or method: its results, and the gradients of its inputs. */
export async function runFunction(test: Case, context: Context): Promise<void> {
  const inputs = callOf(test, context);
  const leaves = markLeaves(test, inputs);
  const result = resultOf(test.op, inputs);
  const expected = listAt(test, "outputs").map((output) => context.decoder.expected(output));
  await compareAll(result, expected, tolerance(test, context));
  runBackward(test, result, context);
  await compareGradients(test, leaves, context);
}

/** What the call gives. */
export function resultOf(op: string, inputs: ValueRecord): Result {
  const row = rowOf(op);
  return row.call(argsOf(row, inPlace(op) ? withCopy(inputs) : inputs));
}

/** `Tensor.add_` and the like change their receiver. */
const inPlace = (op: string): boolean => /^Tensor\.(\w*[^_]_|__setitem__)$/.test(op);

/** The receiver as a copy that is no leaf, so that it may be changed. */
function withCopy(inputs: ValueRecord): ValueRecord {
  const [receiver, ...others] = listOf(inputs["args"]);
  return { ...inputs, args: [receiver instanceof Tensor ? toCopy(receiver) : receiver, ...others] };
}

/** The row of an op. */
export function rowOf(op: string): Row {
  const row = rows.get(op);
  if (row === undefined) throw new NotCovered(op);
  return row;
}

/** The decoded call of a case. */
export function callOf(test: Case, { decoder }: Context): ValueRecord {
  return {
    args: decoder.value(listAt(test, "args")),
    kwargs: decoder.value(objectAt(test, "kwargs")),
    init: decoder.value(objectAt(test, "init")),
    case_init: decoder.value(test["init"]),
    case_pre: decoder.value(test["pre"]),
    case_note: decoder.value(test["note"]),
    case_source: decoder.value(test["source"]),
  };
}

/** What a case says beside the arguments; rows whose signature names them get them too. */
const besides = ["case_init", "case_pre", "case_note", "case_source"];

/** The arguments by name. */
export function argsOf({ signature }: Row, call: ValueRecord): Args {
  const named = besides.filter((name) => signature.parameters.some(({ names }) => names.includes(name)));
  const more = Object.fromEntries(named.map((name) => [name, call[name]]));
  return bind(signature, listOf(call["args"]), { ...recordOf(call["kwargs"]), ...more });
}

export const listOf = (value: Value): readonly Value[] => (isValues(value) ? value : []);

export const recordOf = (value: Value): ValueRecord => (isRecord(value) ? value : {});
