import type { AnyModule } from "./module.ts";

/**
 * Puts a `forward` in front of the module's own that calls `start`, and what `start` gives with the result. Returns what
 * takes it away again.
 */
export function listen(module: AnyModule, start: () => (output: unknown) => void): () => void {
  return wrapForward(module, (forward, inputs) => {
    const end = start();
    const output = forward(inputs);
    end(output);
    return output;
  });
}

/** Puts `around` in the place of `forward`, in a field that no walk over fields sees. Returns what takes it away again. */
export function wrapForward(
  module: AnyModule,
  around: (forward: (inputs: readonly unknown[]) => unknown, inputs: readonly unknown[]) => unknown,
): () => void {
  const own = module.forward;
  const before = Object.getOwnPropertyDescriptor(module, "forward");
  const forward = (inputs: readonly unknown[]): unknown => Reflect.apply(own, module, inputs);
  const value = (...inputs: unknown[]): unknown => around(forward, inputs);
  Object.defineProperty(module, "forward", { value, configurable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(module, "forward");
    else Object.defineProperty(module, "forward", before);
  };
}
