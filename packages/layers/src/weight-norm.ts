import { noGrad } from "@dl/autograd";
import { div, mul, norm, shapeText, type Tensor } from "@dl/tensor";
import { derive, restore } from "./derived-parameter.ts";
import type { AnyModule } from "./module.ts";
import { Parameter } from "./parameter.ts";

export interface WeightNormOptions {
  /** The parameter. Default "weight". */
  name?: string;
  /** The dimension whose slices have a length of their own; null for one length of the whole. Default 0. */
  dim?: number | null;
}

/**
 * Splits a parameter into length and direction, `w = g v / ‖v‖`, which are learnt instead of it. Changes `module` and
 * returns it: `weight` is computed whenever it is read, from the parameters `weightG` (`[out, 1, …]`) and `weightV`
 * (`[out, …]`), which a state dict calls `weight_g` and `weight_v`.
 *
 * Errors: a module without that parameter, a `dim` that it does not have; the module is then as before.
 * https://arxiv.org/abs/1602.07868, as torch.nn.utils.weight_norm
 *
 * @example
 * weightNorm(new Linear(3, 2)).namedParameters().map(([name]) => name); // => ["bias", "weight_g", "weight_v"]
 */
export function weightNorm<M extends AnyModule>(module: M, { name = "weight", dim = 0 }: WeightNormOptions = {}): M {
  return derive("weightNorm", module, name, (weight) => {
    if (dim !== null && !(dim >= -weight.ndim && dim < weight.ndim))
      throw new RangeError(`weightNorm: dim ${dim} is out of range for ${name} ${shapeText(weight.shape)}`);
    const lengths = noGrad(() => lengthsOf(weight, dim));
    return {
      fields: { [`${name}G`]: new Parameter(lengths), [`${name}V`]: new Parameter(weight.detach()) },
      compute: (field) => {
        const [g, v] = [field(`${name}G`), field(`${name}V`)];
        return mul(v, div(g, lengthsOf(v, dim)));
      },
    };
  });
}

/**
 * Undoes `weightNorm`: the parameter is learnt itself again, from its present value.
 *
 * @example
 * removeWeightNorm(weightNorm(new Linear(3, 2))).namedParameters().map(([name]) => name); // => ["bias", "weight"]
 */
export const removeWeightNorm = <M extends AnyModule>(module: M, { name = "weight" }: { name?: string } = {}): M =>
  restore("removeWeightNorm", module, name);

/** The norm of each slice along `dim`, which keeps its place. */
function lengthsOf(weight: Tensor, dim: number | null): Tensor {
  if (dim === null) return norm(weight);
  const axis = dim < 0 ? dim + weight.ndim : dim;
  const others = weight.shape.map((_, each) => each).filter((each) => each !== axis);
  return others.length === 0 ? weight.abs() : norm(weight, { dim: others, keepdim: true });
}
