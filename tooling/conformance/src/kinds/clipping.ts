import { requiresGrad_ } from "@dl/autograd";
import { Tensor, zeros } from "@dl/tensor";
import { bind } from "../args.ts";
import { type Case, listAt, objectAt } from "../case.ts";
import { compareAll, compareOne, isClose, Mismatch } from "../compare.ts";
import { type Context, tolerance } from "../context.ts";
import { recordOf, rowOf } from "./function.ts";

/** Gradients before and after clipping, and their norm; or parameters as one vector. */
export async function runClipping(test: Case, context: Context): Promise<void> {
  const { decoder } = context;
  const { signature, call } = rowOf(test.op);
  const within = tolerance(test, context);
  const clips = "grads" in test;
  const parameters = clips
    ? listAt(test, "grads").map((json) => parameterWith(decoder.tensor(json)))
    : listAt(test, "params").map((json) => decoder.tensor(json));
  const result = call(bind(signature, [parameters], recordOf(decoder.value(objectAt(test, "kwargs")))));
  if (!clips)
    return compareAll(
      result,
      listAt(test, "outputs").map((json) => decoder.expected(json)),
      within,
    );
  if (typeof test["total_norm"] === "number") {
    const norm = result instanceof Tensor ? (await result.read())[0] : result;
    if (typeof norm !== "number" || !isClose(norm, test["total_norm"], within)) {
      throw new Mismatch(`total norm is ${String(norm)}, expected ${test["total_norm"]}`);
    }
  }
  for (const [i, json] of listAt(test, "grads_after").entries()) {
    await compareOne(`gradient ${i}`, parameters[i]?.grad, decoder.expected(json), within);
  }
}

function parameterWith(gradient: Tensor): Tensor {
  const parameter = requiresGrad_(zeros(gradient.shape));
  parameter.grad = gradient;
  return parameter;
}
