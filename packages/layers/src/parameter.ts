import { requiresGrad_ } from "@dl/autograd";
import { keep, Tensor } from "@dl/tensor";

/**
 * A tensor that a module learns: a leaf that requires a gradient and belongs to `module.parameters()`.
 *
 * @example
 * new Parameter(tensor([1, 2])).requiresGrad; // => true
 */
export class Parameter extends Tensor {
  /** Tells parameters from other tensors, also across copies of the package. */
  readonly isParameter = true;

  constructor(data: Tensor, { requiresGrad = true }: { requiresGrad?: boolean } = {}) {
    super(data.storage, data.shape, data.strides, data.offset);
    keep(this);
    if (requiresGrad) requiresGrad_(this);
  }

  override toString(): string {
    return `Parameter containing:\n${super.toString()}`;
  }
}

export const isParameter = (value: unknown): value is Parameter => value instanceof Tensor && "isParameter" in value;
