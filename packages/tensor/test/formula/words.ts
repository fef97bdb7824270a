import { type FunctionName, vocabulary } from "../../src/formula/index.ts";

/** Every function and operator of the notation with a formula that calls it on x, y and z. */
export const words: readonly { readonly name: FunctionName; readonly arity: number; readonly text: string }[] = (
  Object.keys(vocabulary) as FunctionName[]
).map((name) => {
  const { arity, symbol } = vocabulary[name];
  const args = ["x", "y", "z"].slice(0, arity);
  if (symbol === undefined) return { name, arity, text: `${name}(${args.join(", ")})` };
  return { name, arity, text: arity === 1 ? `${symbol}x` : args.join(` ${symbol} `) };
});
