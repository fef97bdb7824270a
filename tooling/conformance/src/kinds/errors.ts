import { requiresGrad_ } from "@dl/autograd";
import { Tensor, toCopy, zeros } from "@dl/tensor";
import { bind, TableError } from "../args.ts";
import type { Case } from "../case.ts";
import { Mismatch } from "../compare.ts";
import { type Context, NotCovered } from "../context.ts";
import { isSentence, missingIn } from "../sentence.ts";
import type { Value } from "../value.ts";
import { argsOf, callOf, listOf, recordOf, rowOf } from "./function.ts";
import { buildModule, moduleRowOf } from "./module.ts";
import { optimizerRowOf } from "./optimizer.ts";

/** A call that must throw, with a sentence of the library's that names the op and what is wrong. */
export async function runError(test: Case, context: Context): Promise<void> {
  const sentence = sentenceOf(test, context);
  const { args, kwargs, init } = callOf(test, context);
  const built = recordOf(init);
  const missing = missingIn(sentence, {
    op: test.op,
    args: [...listOf(args), ...listOf(built["args"])],
    options: [recordOf(kwargs), recordOf(built["kwargs"])],
    reference: String(test["message"]),
  });
  if (missing !== undefined) throw new Mismatch(`throws, but ${missing}: ${sentence}`);
}

/** The sentence of the error that comes instead of a result. */
export function sentenceOf(test: Case, context: Context): string {
  const call = callOf(test, context);
  if ("init" in test) {
    const row = moduleRowOf(test.op);
    if (test["stage"] !== "call") return expectError(() => buildModule(row, call["init"]));
    const built = buildModule(row, call["init"]);
    return expectError(() => built.call(bind(row.forward, listOf(call["args"]), recordOf(call["kwargs"]))));
  }
  if (test.op.startsWith("torch.optim.")) {
    // the parameters are said to be one tensor of shape [2]
    const row = optimizerRowOf(test.op);
    return expectError(() => row.build([requiresGrad_(zeros([2]))], bind(row.signature, [], recordOf(call["kwargs"]))));
  }
  const row = rowOf(test.op);
  const given = wantsIndexType(test) ? { ...call, args: withOtherIntegers(call["args"]) } : call;
  return expectError(() => row.call(argsOf(row, given)));
}

/** PyTorch refuses an index of integers that are not its index type, int64. */
const wantsIndexType = (test: Case): boolean => /Expected dtype int64 for index/.test(String(test["message"]));

/** The index type is int32 here, so integers that are not it are uint8. */
const withOtherIntegers = (args: Value): Value =>
  listOf(args).map((arg) => (arg instanceof Tensor && arg.dtype === "int32" ? toCopy(arg, "uint8") : arg));

/**
 * The message of the error that `body` throws.
 *
 * @throws Mismatch unless it throws, with a sentence
 */
export function expectError(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof TableError || error instanceof NotCovered) throw error;
    const message = error instanceof Error ? error.message : String(error);
    if (isSentence(message)) return message;
    throw new Mismatch(`throws, but does not say who and what: ${message}`);
  }
  throw new Mismatch("gave a result, expected an error");
}
