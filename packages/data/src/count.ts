/** Throws unless `value` is a whole number from `least` on. */
export function checkCount(who: string, name: string, value: number, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${who}: ${name} must be a whole number from ${least} on, got ${value}`);
}
