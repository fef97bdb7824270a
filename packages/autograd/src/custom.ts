import type { Tensor } from "@dl/tensor";
import { isGradEnabled, noGrad } from "./mode.ts";
import { gradient, type InputGradient } from "./rule.ts";
import { traceOf } from "./trace.ts";

/** A function with a gradient of its own. */
export interface CustomFunction<Options> {
  /** Shown as `grad_fn=<NameBackward0>`. */
  readonly name: string;
  /** Computes the result; nothing in it is recorded. */
  forward(inputs: readonly Tensor[], options: Options): Tensor;
  /**
   * The gradient of each input from the upstream gradient `g`, undefined where none flows. Written in tensor functions,
   * it can be differentiated again.
   */
  backward(g: Tensor, context: { readonly inputs: readonly Tensor[]; readonly output: Tensor; readonly options: Options }): readonly (Tensor | undefined)[];
}

/**
 * Makes a function whose gradient is stated instead of derived from what it does.
 *
 * @example
 * const clip = customGradient({
 *   name: "straightThrough",
 *   forward: ([x]) => x.round(),
 *   backward: (g) => [g],
 * });
 * const x = requiresGrad_(tensor([0.4, 1.6]));
 * clip([x], undefined).sum().backward();
 * x.grad.tolist(); // => [1, 1]
 */
export function customGradient<Options = undefined>(definition: CustomFunction<Options>): (inputs: readonly Tensor[], options: Options) => Tensor {
  return (inputs, options) => {
    const output = noGrad(() => definition.forward(inputs, options)).detach();
    if (!isGradEnabled()) return output;
    const names = inputs.map((_, index) => `input${index}`);
    let made: { readonly g: Tensor; readonly gradients: readonly (Tensor | undefined)[] } | undefined;
    const entries = names.map((name, index): [string, InputGradient] => [
      name,
      {
        keeps: [...names, "output"],
        of: (g, saved) => {
          const context = { inputs: names.map((each) => saved[each] as Tensor), output: saved["output"] as Tensor, options };
          if (made?.g !== g) made = { g, gradients: definition.backward(g, context) };
          return made.gradients[index];
        },
      },
    ]);
    output.tracer = traceOf(definition.name, names, gradient(Object.fromEntries(entries)), inputs, options, output);
    return output;
  };
}
