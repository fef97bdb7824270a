import { type Nested, type Op, type Tensor, type Tracer, tensor } from "@dl/tensor";

/** All that an optimizer needs of a parameter: a leaf with a place for a gradient. */
class GradientSlot implements Tracer {
  readonly requiresGrad = true;
  readonly isLeaf: boolean;
  readonly gradFn: string | undefined;
  grad: Tensor | undefined;

  constructor(gradFn?: string) {
    this.isLeaf = gradFn === undefined;
    this.gradFn = gradFn;
  }

  lendGrad(): Tensor | undefined {
    return this.grad;
  }

  clearGrad(): void {
    this.grad = undefined;
  }

  record<A>(_op: Op<A>): undefined {}
  beforeWrite(): void {}
  afterWrite(): void {}
  refresh(): void {}
  backward(): void {}
}

/** A parameter with a gradient, if one is given. */
export function parameter(values: Nested, gradient?: Nested): Tensor {
  const p = tensor(values);
  p.tracer = new GradientSlot();
  if (gradient !== undefined) p.grad = tensor(gradient);
  return p;
}

/** What an operation named `gradFn` made. */
export function resultOf(gradFn: string): Tensor {
  const x = tensor([1, 2]);
  x.tracer = new GradientSlot(gradFn);
  return x;
}
