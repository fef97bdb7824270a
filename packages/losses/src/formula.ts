import { apply, elementwise, type Tensor } from "@dl/tensor";

type Params = Readonly<Record<string, number>>;

/**
 * An elementwise op over tensors that the formula knows by name; shapes broadcast, floats only. Its gradients, of any
 * order, are derived from the formula: a smooth function that must not overflow is written as a select of two branches.
 */
/* @__NO_SIDE_EFFECTS__ */
export function formula<const P extends Params = Record<never, number>>(
  name: string,
  inputs: readonly string[],
  text: string,
  params?: P,
): (operands: readonly Tensor[], params?: { readonly [K in keyof P]: number }) => Tensor {
  const op = elementwise(name, inputs, text, params, { accepts: "floats" });
  return (operands, given) => apply(op, operands, given ?? params ?? {});
}
