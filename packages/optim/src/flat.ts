import { type ElementwiseOp, elementwise, scope, type Tensor, tensor, update_ } from "@dl/tensor";

const write: ElementwiseOp = elementwise("assign", ["x"], "x");

/** The elements of all parameters in one vector. */
export const valuesOf = (params: readonly Tensor[]): Float64Array => joined(params, (p) => p);

/** The elements of all gradients in one vector; zeros where there is none. */
export const gradientOf = (params: readonly Tensor[]): Float64Array => joined(params, (p) => p.grad);

/** Writes `from + t direction` over the parameters. */
export function assign(params: readonly Tensor[], from: Float64Array, direction: Float64Array, t: number): void {
  let at = 0;
  scope(() => {
    for (const p of params) {
      const values = p.detach().toArray();
      for (let i = 0; i < values.length; i++, at++) values[i] = (from[at] as number) + t * (direction[at] as number);
      update_(p.detach(), write, [tensor(values, { shape: p.shape, device: p.device })]);
    }
  });
}

function joined(params: readonly Tensor[], of: (p: Tensor) => Tensor | undefined): Float64Array {
  const values = new Float64Array(params.reduce((total, { size }) => total + size, 0));
  let at = 0;
  for (const p of params) {
    const part = of(p);
    if (part !== undefined) values.set(part.detach().toArray(), at);
    at += p.size;
  }
  return values;
}
