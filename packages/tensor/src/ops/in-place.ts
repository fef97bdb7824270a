import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { trackAllocations } from "../scope.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { contiguousCopy, writeStrided } from "./copy.ts";

/**
 * Writes `compute(target)` over `target` and returns it: the in-place form of any function that keeps the shape.
 * Everything is computed and checked before the first element changes.
 */
export function inPlace(who: string, target: Tensor, compute: (x: Tensor) => Tensor): Tensor {
  target.base?.tracer?.refresh(target);
  checkWritable(who, target);
  target.tracer?.beforeWrite(who, target);
  const { result: value, allocated } = trackAllocations(() => compute(target.tracer === undefined ? target : snapshot(target)));
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

function checkWritable(who: string, target: Tensor): void {
  const repeated = target.strides.some((step, dim) => step === 0 && (target.shape[dim] as number) > 1);
  if (repeated) throw new Error(`${who}: several elements share one place in memory: use x.contiguous() first ${operandsText({ x: target })}`);
}

function checkValue(who: string, target: Tensor, value: Tensor): void {
  if (!sameShape(target.shape, value.shape)) {
    throw new RangeError(`${who}: the result does not fit in place ${operandsText({ x: target, result: value })}`);
  }
  if (isFloat(value.dtype) && !isFloat(target.dtype)) {
    throw new TypeError(`${who}: a ${value.dtype} result cannot be stored in a ${target.dtype} tensor`);
  }
}
