import { noGrad } from "@dl/autograd";
import {
  copy_,
  div,
  dot,
  type Generator,
  keep,
  movedim,
  mv,
  normalize,
  randn,
  reshape,
  type Tensor,
  toCopy,
  transpose,
} from "@dl/tensor";
import { ConvTranspose1d, ConvTranspose2d, ConvTranspose3d } from "./conv-transpose.ts";
import { derive, restore, tensorAt } from "./derived-parameter.ts";
import { type RemoveHook, registerForwardPreHook } from "./hooks.ts";
import type { AnyModule } from "./module.ts";
import { Parameter } from "./parameter.ts";

export interface SpectralNormOptions {
  /** The parameter. Default "weight". */
  name?: string;
  /** Steps of the power method before each `forward` in training mode. Default 1. */
  nPowerIterations?: number;
  /** Vectors shorter than this count as this long. Default 1e-12. */
  eps?: number;
  /** The dimension of the outputs. Default 1 for transposed convolutions, else 0. */
  dim?: number;
  /** Draws the vectors at the start; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * Divides a parameter by its largest singular value, `w = W / σ(W)`, estimated by the power method. Changes `module` and
 * returns it: `weight` is computed whenever it is read, from the parameter `weightOrig` and the buffers `weightU` `[out]`
 * and `weightV`, which a state dict calls `weight_orig`, `weight_u` and `weight_v`.
 *
 * https://arxiv.org/abs/1802.05957, as torch.nn.utils.spectral_norm
 *
 * @example
 * const layer = spectralNorm(new Linear(3, 2), { nPowerIterations: 50 });
 * layer.forward(zeros([1, 3]));
 * linalgNorm(layer.weight, { ord: 2 }).item().toFixed(3); // => "1.000"
 */
export function spectralNorm<M extends AnyModule>(module: M, options: SpectralNormOptions = {}): M {
  const { name = "weight", nPowerIterations = 1, eps = 1e-12, dim = outputDim(module), generator } = options;
  if (!Number.isInteger(nPowerIterations) || nPowerIterations < 1) {
    throw new RangeError(`spectralNorm: nPowerIterations must be a whole number from 1 on: got ${nPowerIterations}`);
  }
  const [orig, left, right] = [`${name}Orig`, `${name}U`, `${name}V`];
  derive("spectralNorm", module, name, (weight) => {
    const [rows, columns] = matrixOf(weight, dim).shape as [number, number];
    const vector = (size: number): Tensor => {
      return keep(unit(randn([size], { dtype: weight.dtype, device: weight.device, generator }), eps));
    };
    return {
      fields: { [orig]: new Parameter(weight.detach()), [left]: vector(rows), [right]: vector(columns) },
      compute: (field) => {
        const matrix = matrixOf(field(orig), dim);
        // copies, because the next step of the power method overwrites them
        const [u, v] = [toCopy(field(left)), toCopy(field(right))];
        return div(field(orig), dot(u, mv(matrix, v)));
      },
    };
  });
  const steps = registerForwardPreHook(module, () => {
    if (!module.training) return;
    const [weight, u, v] = [orig, left, right].map((field) => tensorAt("spectralNorm", module, field)) as Three;
    noGrad(() => powerSteps(matrixOf(weight, dim), u, v, { steps: nPowerIterations, eps }));
  });
  hooks.set(module, new Map(hooks.get(module)).set(name, steps));
  return module;
}

/**
 * Undoes `spectralNorm`: the parameter is learnt itself again, from its present value.
 *
 * @example
 * removeSpectralNorm(spectralNorm(new Linear(3, 2))).namedParameters().map(([name]) => name); // => ["bias", "weight"]
 */
export function removeSpectralNorm<M extends AnyModule>(module: M, { name = "weight" }: { name?: string } = {}): M {
  restore("removeSpectralNorm", module, name);
  hooks.get(module)?.get(name)?.();
  return module;
}

type Three = [weight: Tensor, u: Tensor, v: Tensor];

const hooks = new WeakMap<AnyModule, ReadonlyMap<string, RemoveHook>>();

function powerSteps(matrix: Tensor, u: Tensor, v: Tensor, { steps, eps }: { steps: number; eps: number }): void {
  for (let step = 0; step < steps; step++) {
    copy_(v, unit(mv(transpose(matrix, 0, 1), u), eps));
    copy_(u, unit(mv(matrix, v), eps));
  }
}

const unit = (x: Tensor, eps: number): Tensor => normalize(x, { dim: 0, eps });

/** `[out, everything else]` */
const matrixOf = (weight: Tensor, dim: number): Tensor =>
  reshape(movedim(weight, dim, 0), [weight.shape.at(dim) ?? 1, -1]);

const outputDim = (module: AnyModule): number =>
  [ConvTranspose1d, ConvTranspose2d, ConvTranspose3d].some((Layer) => module instanceof Layer) ? 1 : 0;
