import { operandsText, sameShape, type Tensor, unsqueeze } from "@dl/tensor";

/** Where the classes are: dim 1, or the only dim of an input without batch. */
export const classDim = (input: Tensor): number => (input.ndim === 1 ? 0 : 1);

/** How many classes there are. Throws for an input without dimensions. */
export function classCount(who: string, input: Tensor): number {
  const count = input.shape[classDim(input)];
  if (count === undefined)
    throw new RangeError(`${who}: input must be [classes] or [batch, classes, ...] ${operandsText({ input })}`);
  return count;
}

/**
 * Throws unless `target` names one class, or `ignoreIndex`, for each place of `input`. Returns whether a place may be
 * ignored.
 */
export function checkClassTarget(who: string, input: Tensor, target: Tensor, ignoreIndex: number | undefined): boolean {
  const classes = classCount(who, input);
  checkIndices(who, target);
  const dim = classDim(input);
  const places = input.shape.filter((_, at) => at !== dim);
  if (!sameShape(target.shape, places)) {
    throw new RangeError(
      `${who}: target must be [${places.join(", ")}], one class for each place of input ${operandsText({ input, target })}`,
    );
  }
  return checkRange(who, input, target, classes, ignoreIndex);
}

/** Throws unless the elements are integers. */
export function checkIndices(who: string, target: Tensor): void {
  if (target.dtype === "int32") return;
  throw new TypeError(
    `${who}: classes must be int32, got ${target.dtype} ${operandsText({ target })}: convert with .to("int32")`,
  );
}

/**
 * Throws for a target outside 0 to `classes` - 1 that is not `except`. On the GPU a later read tells. Returns whether one
 * may be `except`.
 */
export function checkRange(
  who: string,
  input: Tensor,
  target: Tensor,
  classes: number,
  except: number | undefined,
): boolean {
  if (target.device.name === "gpu") return true;
  let found = false;
  for (const value of target.detach().toArray()) {
    if (value === except) found = true;
    else if (!(value >= 0 && value < classes)) throw outOfRange(who, input, target, classes, value);
  }
  return found;
}

const outOfRange = (who: string, input: Tensor, target: Tensor, classes: number, value: number): RangeError =>
  new RangeError(`${who}: target ${value} is out of range for ${classes} classes ${operandsText({ input, target })}`);

/** Throws unless there is one weight per class. */
export function checkClassWeight(who: string, weight: Tensor | undefined, classes: number): void {
  if (weight === undefined || sameShape(weight.shape, [classes])) return;
  throw new RangeError(`${who}: weight must be [${classes}], one per class ${operandsText({ weight })}`);
}

/** One weight per class, laid along dim `dim` of `rank` dimensions. */
export function alongClasses(weight: Tensor, dim: number, rank: number): Tensor {
  let laid = weight;
  for (let at = dim + 1; at < rank; at++) laid = unsqueeze(laid, -1);
  return laid;
}
