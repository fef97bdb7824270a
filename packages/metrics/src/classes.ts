import { isFloat, type Tensor } from "@dl/tensor";

/** A tensor of classes as integers. */
export function readClasses(who: string, name: string, x: Tensor): Int32Array {
  if (isFloat(x.dtype)) {
    const advice = name === "predictions" ? "; probabilities of class 1 need { threshold }" : "";
    throw new TypeError(`${who}: ${name} must be classes as int32, uint8 or bool, got ${x.dtype}${advice}`);
  }
  return Int32Array.from(x.detach().toArray());
}

/** Throws unless `label` is one of `classes`. */
export function checkLabel(who: string, name: string, label: number, classes: number | undefined): void {
  if (label >= 0 && (classes === undefined || label < classes)) return;
  throw new RangeError(
    `${who}: ${name} hold class ${label}, outside 0 to ${classes === undefined ? "…" : classes - 1}`,
  );
}
