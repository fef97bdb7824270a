/** `[2, 3]` */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** `(x [2, 3], y [2, 2])`: the named operands of an error sentence. */
export function operandsText(operands: Readonly<Record<string, { readonly shape: readonly number[] }>>): string {
  const parts = Object.entries(operands).map(([name, { shape }]) => `${name} ${shapeText(shape)}`);
  return `(${parts.join(", ")})`;
}

/** Where plain JavaScript passes something else for the tensor `name`. */
export function notTensor(who: string, name: string, value: unknown): TypeError {
  const got = Array.isArray(value)
    ? "an array: make it one with tensor(...)"
    : typeof value === "string"
      ? `"${value}"`
      : String(value);
  return new TypeError(`${who}: ${name} must be a tensor, got ${got}`);
}
