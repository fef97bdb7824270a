import { noGrad } from "@dl/autograd";
import { Linear, Sequential } from "@dl/layers";
import { scope, tensor } from "@dl/tensor";

/** A parameter of the network, as its state dict names it. */
export type Name = "0.weight" | "0.bias" | "1.weight" | "1.bias";

/** All parameters, each row by row. */
export type Parameters = Readonly<Record<Name, readonly number[]>>;

const hidden = new Linear(3, 2);
const output = new Linear(2, 1);
const model = new Sequential(hidden, output);

/** Numbers to begin with. */
export const inputs: readonly number[] = [1, 0.5, -1];
export const parameters: Parameters = {
  "0.weight": [0.8, -0.4, 0.6, -1.2, 1, 0.2],
  "0.bias": [0.1, -0.3],
  "1.weight": [1.5, -0.7],
  "1.bias": [0.4],
};

export const parameterCount: number = model.parameters().reduce((total, { size }) => total + size, 0);

/** What the nodes of the three layers hold when `inputs` go through the network with `parameters`. */
export function nodesOf(inputs: readonly number[], parameters: Parameters): readonly (readonly number[])[] {
  return scope(() =>
    noGrad(() => {
      const state = Object.entries(model.stateDict()).map(([name, { shape }]) => [
        name,
        tensor(parameters[name as Name]).reshape(shape),
      ]);
      model.loadStateDict(Object.fromEntries(state));
      const between = hidden.forward(tensor(inputs));
      return [inputs, between.toArray(), output.forward(between).toArray()].map((values) => Array.from(values));
    }),
  );
}
