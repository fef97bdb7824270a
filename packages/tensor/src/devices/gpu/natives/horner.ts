/** WGSL of `c0 + v (c1 + v (c2 + …))`. */
export function horner(variable: string, [first = 0, ...rest]: readonly number[]): string {
  return rest.length === 0 ? literal(first) : `(${literal(first)} + ${variable} * ${horner(variable, rest)})`;
}

const literal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));
