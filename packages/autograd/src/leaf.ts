import { isFloat, type Tensor } from "@dl/tensor";
import { type Hook, Trace } from "./trace.ts";

/**
 * Marks a leaf: operations on it are recorded from now on, and `backward` fills its `grad`. `false` takes the mark away.
 * Returns the same tensor.
 *
 * @example
 * const x = requiresGrad_(tensor([3]));
 * x.mul(x).backward();
 * x.grad.tolist(); // => [6]
 */
export function requiresGrad_<T extends Tensor>(x: T, flag = true): T {
  if (flag && !isFloat(x.dtype))
    throw new TypeError(`requiresGrad_: only floating-point tensors have gradients, got ${x.dtype}`);
  if (flag && x.tracer === undefined) x.tracer = new Trace(x.shape, x.dtype);
  if (!flag && x.tracer !== undefined) {
    if (!x.isLeaf) throw new Error("requiresGrad_: only a leaf can stop requiring a gradient: use x.detach()");
    x.tracer = undefined;
  }
  return x;
}

/**
 * Lets a tensor that is not a leaf keep its gradient in `grad` too. Returns the same tensor.
 *
 * @example
 * const x = requiresGrad_(tensor([2]));
 * const y = retainGrad(x.mul(3));
 * y.mul(y).backward();
 * y.grad.tolist(); // => [12]
 */
export function retainGrad(x: Tensor): Tensor {
  traceOfTensor("retainGrad", x).retainsGrad = true;
  return x;
}

/**
 * Calls `hook` with the gradient of `x` when `backward` reaches it; what it returns, if anything, takes its place.
 * Returns a function that removes the hook.
 *
 * @example
 * const x = requiresGrad_(tensor([1]));
 * const remove = registerHook(x, (g) => g.mul(10));
 * x.mul(2).backward();
 * remove();
 * x.grad.tolist(); // => [20]
 */
export function registerHook(x: Tensor, hook: Hook): () => void {
  const trace = traceOfTensor("registerHook", x);
  trace.hooks ??= [];
  const { hooks } = trace;
  hooks.push(hook);
  return () => {
    const at = hooks.indexOf(hook);
    if (at >= 0) hooks.splice(at, 1);
  };
}

function traceOfTensor(who: string, x: Tensor): Trace {
  x.base?.tracer?.refresh(x);
  if (x.tracer instanceof Trace) return x.tracer;
  throw new Error(`${who}: this tensor does not require a gradient: mark it with requiresGrad_`);
}
