import type { Op } from "./op.ts";
import type { Tensor } from "./tensor.ts";
import type { TensorBase } from "./tensor-base.ts";

export interface BackwardOptions {
  /** The gradient to start from. Needed unless the tensor has one element. */
  gradient?: Tensor;
  /** Keep what the graph saved, so that it can be walked again. */
  retainGraph?: boolean;
  /** Record the backward pass too, for higher derivatives. */
  createGraph?: boolean;
}

/**
 * What a tensor carries when its history is recorded. `@dl/tensor` defines this and never implements it; the tape of
 * `@dl/autograd` sits here and so travels with the values.
 */
export interface Tracer {
  readonly requiresGrad: boolean;
  readonly isLeaf: boolean;
  /** The gradient that `backward` accumulated, for leaves and where it is retained. */
  grad: Tensor | undefined;
  /** The gradient, for a look: who holds it longer than until `clearGrad` takes `grad`. */
  lendGrad(): Tensor | undefined;
  /** Forgets the gradient, and gives its memory back now if it was only ever lent. */
  clearGrad(): void;
  /** The name of the function that made the tensor, as in `grad_fn=<ReluBackward0>`; none for a leaf. */
  readonly gradFn: string | undefined;
  /** Called after every op that one of `inputs` with a tracer took part in. Returns the tracer of `output`. */
  record<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A, output: Tensor): Tracer | undefined;
  /** Called before `target` is overwritten; throws where that would lose a gradient. */
  beforeWrite(who: string, target: Tensor): void;
  /** Called after the elements of `target` became those of `value`, which has its own history. */
  afterWrite(target: Tensor, value: Tensor): void;
  /** Brings a view up to date whose base was overwritten since. */
  refresh(view: TensorBase): void;
  backward(root: Tensor, options: BackwardOptions): void;
}
