import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { apply, type KernelOp } from "../op.ts";
import { trackAllocations } from "../scope.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { contiguousCopy, writeStrided } from "./copy.ts";
import type { Params } from "./elementwise/define.ts";

/**
 * Writes `compute(target)` over `target` and returns it: the in-place form of any function that keeps the shape.
 * Everything is computed and checked before the first element changes.
 */
export function inPlace(who: string, target: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  target.base?.tracer?.refresh(target);
  checkWritable(who, target);
  (target.tracer ?? target.base?.tracer)?.beforeWrite(who, target);
  const { result: value, allocated } = trackAllocations(() =>
    compute(target.tracer === undefined ? target : snapshot(target)),
  );
  checkValue(who, target, value);
  writeStrided(value, target);
  target.storage.version++;
  const history = value.tracer ?? target.tracer;
  if (history !== undefined) history.afterWrite(target, value);
  else for (const storage of allocated) storage.dispose();
  return target;
}

/** The same history over a copy, so that a gradient that needs the old elements finds them. */
function snapshot(target: Tensor): Tensor {
  const copy = contiguousCopy(target);
  copy.tracer = target.tracer;
  return copy;
}

/** Throws where what is written to one element would show in another. */
export function checkWritable(who: string, target: Tensor): void {
  const repeated = target.strides.some((step, dim) => step === 0 && (target.shape[dim] as number) > 1);
  if (repeated)
    throw new Error(
      `${who}: several elements share one place in memory: use x.contiguous() first ${operandsText({ x: target })}`,
    );
}

function checkValue(who: string, target: Tensor, value: Tensor): void {
  if (!sameShape(target.shape, value.shape)) {
    throw new RangeError(`${who}: the result does not fit in place ${operandsText({ x: target, result: value })}`);
  }
  if (value.device !== target.device) {
    throw new TypeError(
      `${who}: a result on ${value.device.name} cannot be stored in a tensor on ${target.device.name}: move it with .to(device)`,
    );
  }
  if ((isFloat(value.dtype) && !isFloat(target.dtype)) || (value.dtype !== "bool" && target.dtype === "bool")) {
    throw new TypeError(`${who}: a ${value.dtype} result cannot be stored in a ${target.dtype} tensor`);
  }
}

/**
 * Writes `op(inputs)` straight over `target`: one pass, no temporary and no history. For optimizer steps, running
 * statistics and buffers that are filled step by step. For an elementwise op `target` may be one of the inputs, and every
 * input has its shape or repeats to it.
 */
export function update_(
  target: Tensor,
  op: KernelOp<Params>,
  inputs: readonly (Tensor | number)[],
  params: Params = {},
): Tensor {
  const operands = inputs.map((input) => (typeof input === "number" ? target.number(input) : input));
  const { shape, dtype } = op.infer(operands, params);
  if (!sameShape(shape, target.shape) || dtype !== target.dtype) {
    throw new RangeError(
      `${op.name}: the result does not fit in place ${operandsText({ target, result: { shape } })}, ${dtype} into ${target.dtype}`,
    );
  }
  if (!target.isContiguous || !op.strided) return inPlace(op.name, target, () => apply(op, operands, params));
  target.device.run(op, operands, target, params);
  target.storage.version++;
  return target;
}
