import { requiresGrad_ } from "@dl/autograd";
import { Tensor, toCopy, zeros } from "@dl/tensor";
import { bind, TableError } from "../args.ts";
import type { Case } from "../case.ts";
import { Mismatch } from "../compare.ts";
import { type Context, NotCovered } from "../context.ts";
import { unchecked } from "../executed.ts";
import { isSentence, missingIn } from "../sentence.ts";
import { isRecord, isValues, type Value } from "../value.ts";
import { argsOf, callOf, listOf, recordOf, rowOf } from "./function.ts";
import { buildModule, moduleRowOf } from "./module.ts";
import { optimizerRowOf } from "./optimizer.ts";

/** A call that must throw, with a sentence of the library's that names the op and what is wrong. */
export async function runError(test: Case, context: Context): Promise<void> {
  const { sentence, deferred } = await saidOf(test, context);
  // it names the primitive that found it
  if (deferred) return;
  const { args, kwargs, init } = recordOf(await onCpu(callOf(test, context)));
  const built = recordOf(init);
  const missing = missingIn(sentence, {
    op: test.op,
    args: [...listOf(args), ...listOf(built["args"])],
    options: [recordOf(kwargs), recordOf(built["kwargs"])],
    reference: String(test["message"]),
  });
  if (missing !== undefined) throw new Mismatch(`throws, but ${missing}: ${sentence}`);
}

/** The value with its tensors on the CPU, where they can be read at once. */
async function onCpu(value: Value): Promise<Value> {
  if (value instanceof Tensor) return value.cpu();
  if (isValues(value)) return Promise.all(value.map(onCpu));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await onCpu(each)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** The sentence of the error that comes instead of a result. */
export const sentenceOf = async (test: Case, context: Context): Promise<string> =>
  (await saidOf(test, context)).sentence;

/** The sentence of an error. */
interface Said {
  readonly sentence: string;
  /** It came with the reading of the result: on the GPU elements are known only then. */
  readonly deferred: boolean;
}

function saidOf(test: Case, context: Context): Promise<Said> {
  const call = callOf(test, context);
  if ("init" in test) {
    const row = moduleRowOf(test.op);
    if (test["stage"] !== "call") return expectErrorAtLast(() => buildModule(row, call["init"]));
    const built = buildModule(row, call["init"]);
    return expectErrorAtLast(() => built.call(bind(row.forward, listOf(call["args"]), recordOf(call["kwargs"]))));
  }
  if (test.op.startsWith("torch.optim.")) {
    // the parameters are said to be one tensor of shape [2]
    const row = optimizerRowOf(test.op);
    return expectErrorAtLast(() =>
      row.build([requiresGrad_(zeros([2]))], bind(row.signature, [], recordOf(call["kwargs"]))),
    );
  }
  const row = rowOf(test.op);
  const given = wantsIndexType(test) ? { ...call, args: withOtherIntegers(call["args"]) } : call;
  return expectErrorAtLast(() => row.call(argsOf(row, given)));
}

/** PyTorch refuses an index of integers that are not its index type, int64. */
const wantsIndexType = (test: Case): boolean => /Expected dtype int64 for index/.test(String(test["message"]));

/** The index type is int32 here, so integers that are not it are uint8. */
const withOtherIntegers = (args: Value): Value =>
  listOf(args).map((arg) => (arg instanceof Tensor && arg.dtype === "int32" ? toCopy(arg, "uint8") : arg));

/**
 * What `body` says instead of a result, or the reading of its result.
 *
 * @throws Mismatch unless one of them throws, with a sentence
 */
async function expectErrorAtLast(body: () => unknown): Promise<Said> {
  let result: unknown;
  try {
    result = body();
  } catch (error) {
    return { sentence: sentenceIn(error), deferred: false };
  }
  const tensors = (Array.isArray(result) ? result : [result]).filter((each) => each instanceof Tensor);
  try {
    for (const each of tensors) await each.read();
  } catch (error) {
    return { sentence: sentenceIn(error), deferred: true };
  }
  if (tensors.some(({ device }) => device.name === "gpu")) throw new Mismatch(unchecked);
  throw new Mismatch("gave a result, expected an error");
}

/**
 * The message of the error that `body` throws.
 *
 * @throws Mismatch unless it throws, with a sentence
 */
export function expectError(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return sentenceIn(error);
  }
  throw new Mismatch("gave a result, expected an error");
}

function sentenceIn(error: unknown): string {
  if (error instanceof TableError || error instanceof NotCovered) throw error;
  const message = error instanceof Error ? error.message : String(error);
  if (isSentence(message)) return message;
  throw new Mismatch(`throws, but does not say who and what: ${message}`);
}
