import { expand, type Tensor } from "@dl/tensor";
import { grad } from "./grad.ts";
import { isGradEnabled, noGrad } from "./mode.ts";
import { gradient, type InputGradient, opRule } from "./rule.ts";
import { traceOf } from "./trace.ts";

/** A function with a gradient of its own. */
export interface CustomFunction<Options> {
  /** Shown as `grad_fn=<NameBackward0>`. */
  readonly name: string;
  /** Computes the result, with what `backward` is to find as `saved`; nothing in it is recorded. */
  forward(inputs: readonly Tensor[], options: Options): Tensor | Saving;
  /**
   * The gradient of each input from the upstream gradient `g`, undefined where none flows. Written in tensor functions,
   * it can be differentiated again; else state `composed` or say `once`. What it makes and does not return is given back
   * after it: `keep` what is to live on.
   */
  backward(
    g: Tensor,
    context: {
      readonly inputs: readonly Tensor[];
      readonly output: Tensor;
      readonly saved: readonly Tensor[];
      readonly options: Options;
    },
  ): readonly (Tensor | undefined)[];
  /**
   * The same function written in tensor functions. Where gradients are differentiated again, they are those of this one,
   * and `backward` is free to work without a history.
   */
  composed?(inputs: readonly Tensor[], options: Options): Tensor;
  /** The gradient is computed outside of what is recorded: differentiating it again is an error that names the function. */
  readonly once?: boolean;
}

/** A result, and tensors that are not results but make the way back shorter. */
export interface Saving {
  readonly output: Tensor;
  readonly saved: readonly Tensor[];
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
/* @__NO_SIDE_EFFECTS__ */
export function customGradient<Options = undefined>(
  definition: CustomFunction<Options>,
): (inputs: readonly Tensor[], options: Options) => Tensor {
  return (inputs, options) => {
    const result = noGrad(() => definition.forward(inputs, options));
    const { output: computed, saved: extra } = "saved" in result ? result : { output: result, saved: [] };
    const output = computed.detach();
    if (!isGradEnabled()) return output;
    const names = inputs.map((_, index) => `input${index}`);
    const extraNames = extra.map((_, index) => `saved${index}`);
    let made: Made | undefined;
    const entries = names.map((name, index): [string, InputGradient] => [
      name,
      {
        keeps: [...names, ...extraNames, "output"],
        of: (g, saved) => {
          const context = {
            inputs: names.map((each) => saved[each] as Tensor),
            output: saved["output"] as Tensor,
            saved: extraNames.map((each) => saved[each] as Tensor),
            options,
          };
          if (made === undefined || !serves(made, g, index)) {
            const gradients = gradientsOf(definition, g, context);
            made = { g, version: g.storage.version, isRecorded: isGradEnabled(), gradients, taken: new Set() };
          }
          made.taken.add(index);
          return made.gradients[index];
        },
      },
    ]);
    output.tracer = traceOf(
      opRule(definition.name, [...names, ...extraNames], gradient(Object.fromEntries(entries))),
      [...inputs, ...extra],
      options,
      output,
    );
    return output;
  };
}

/** The gradients of all inputs, made together: each is given away once. */
interface Made {
  readonly g: Tensor;
  /** Of the elements of g. */
  readonly version: number;
  readonly isRecorded: boolean;
  readonly gradients: readonly (Tensor | undefined)[];
  readonly taken: Set<number>;
}

const serves = ({ g, version, isRecorded, gradients, taken }: Made, wanted: Tensor, index: number): boolean =>
  g === wanted &&
  version === wanted.storage.version &&
  isRecorded === isGradEnabled() &&
  !taken.has(index) &&
  gradients[index]?.storage.disposed !== true;

type BackwardContext<Options> = Parameters<CustomFunction<Options>["backward"]>[1];

function gradientsOf<Options>(
  definition: CustomFunction<Options>,
  g: Tensor,
  context: BackwardContext<Options>,
): readonly (Tensor | undefined)[] {
  const { composed } = definition;
  if (composed !== undefined && isGradEnabled())
    return gradientsThrough((inputs) => composed(inputs, context.options), g, context.inputs);
  if (definition.once !== true) return definition.backward(g, context);
  const gradients = noGrad(() => definition.backward(g, context));
  return isGradEnabled()
    ? gradients.map((each) => each && sealed(definition.name, [g, ...context.inputs], each))
    : gradients;
}

/** The gradients of a function of `inputs`, recorded. Each input stands for itself, whatever it was made of. */
function gradientsThrough(
  compute: (inputs: readonly Tensor[]) => Tensor,
  g: Tensor,
  inputs: readonly Tensor[],
): readonly (Tensor | undefined)[] {
  const own = inputs.map((input) => (input.tracer === undefined ? input : expand(input, input.shape)));
  const traced = own.filter(({ tracer }) => tracer !== undefined);
  const found = grad([compute(own)], traced, { gradOutputs: [g], createGraph: true, allowUnused: true });
  return own.map((input) => found[traced.indexOf(input)]);
}

/** A gradient that depends on `sources` in a way that cannot be differentiated. */
function sealed(name: string, sources: readonly Tensor[], gradientOf: Tensor): Tensor {
  const output = gradientOf.detach();
  const names = sources.map((_, index) => `source${index}`);
  const refuse = (): never => {
    throw new Error(`${name}: has no second derivative: differentiate it once, or leave createGraph out`);
  };
  output.tracer = traceOf(
    opRule(`${name}Backward`, names, gradient(Object.fromEntries(names.map((each) => [each, refuse])))),
    sources,
    undefined,
    output,
  );
  return output;
}
