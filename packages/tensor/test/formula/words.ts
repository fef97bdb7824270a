import {
  type FunctionName,
  functions,
  type NamedFunction,
  type OperatorName,
  operators,
} from "../../src/formula/index.ts";

interface Word {
  readonly name: FunctionName;
  readonly arity: number;
  readonly text: string;
}

const args = ["x", "y", "z"];

/** Every function and operator of the notation with a formula that calls it on x, y and z. */
export const words: readonly Word[] = [
  ...(Object.keys(operators) as OperatorName[]).map((name) => {
    const { arity, symbol } = operators[name];
    return { name, arity, text: arity === 1 ? `${symbol}x` : `x ${symbol} y` };
  }),
  ...(Object.keys(functions) as NamedFunction[]).map((name) => {
    const arity = functions[name];
    return { name, arity, text: `${name}(${args.slice(0, arity).join(", ")})` };
  }),
];
