import type { Tensor } from "@dl/tensor";
import { watched } from "./backward-hooks.ts";
import { wrapForward } from "./listen.ts";
import type { AnyModule, Module } from "./module.ts";

/** Takes a hook away again. Calling it twice does nothing more. */
export type RemoveHook = () => void;

/** Sees the inputs before `forward`; an array it returns takes their place. */
export type ForwardPreHook<Inputs extends readonly unknown[]> = (
  module: AnyModule,
  inputs: Inputs,
) => readonly [...Inputs] | undefined | void;

/** Sees inputs and output after `forward`; what it returns, if anything, takes the output's place. */
export type ForwardHook<Inputs extends readonly unknown[], Output> = (
  module: AnyModule,
  inputs: Inputs,
  output: Output,
) => Output | undefined | void;

/**
 * Sees the gradients of the tensors a module got and of those it gave, in order, when `backward` has reached its inputs;
 * undefined where none flowed. The tensors of an array it returns take the places of those in `gradInput`.
 */
export type BackwardHook = (
  module: AnyModule,
  gradInput: readonly (Tensor | undefined)[],
  gradOutput: readonly (Tensor | undefined)[],
) => readonly (Tensor | undefined)[] | undefined | void;

/**
 * Calls `hook` before every `forward` of `module`. Hooks run in the order they came.
 *
 * @example
 * const layer = new Linear(2, 1);
 * const remove = registerForwardPreHook(layer, (_, [x]) => [x.mul(0)]);
 * layer.forward(ones([1, 2])).sub(layer.bias).tolist(); // => [[0]]
 * remove();
 */
export const registerForwardPreHook = <Inputs extends readonly unknown[]>(
  module: Module<Inputs, unknown>,
  hook: ForwardPreHook<Inputs>,
): RemoveHook =>
  added<Before>(
    module,
    ({ before }) => before,
    (inputs) => hook(module, inputs as Inputs) ?? undefined,
  );

/**
 * Calls `hook` after every `forward` of `module`, for example to read what a layer inside a network gives.
 *
 * @example
 * const net = new Sequential(new Linear(2, 3), new ReLU());
 * const remove = registerForwardHook(net.layers[0], (_, inputs, output) => console.log(output.shape));
 * net.forward(ones([1, 2]));
 * remove();
 */
export const registerForwardHook = <Inputs extends readonly unknown[], Output>(
  module: Module<Inputs, Output>,
  hook: ForwardHook<Inputs, Output>,
): RemoveHook =>
  added<After>(
    module,
    ({ after }) => after,
    (inputs, output) => hook(module, inputs as Inputs, output as Output),
  );

/**
 * Calls `hook` with the gradients at the inputs and outputs of `module` on every `backward` through it.
 *
 * @example
 * const layer = new ReLU();
 * const remove = registerFullBackwardHook(layer, (_, [gradInput]) => [gradInput.mul(10)]);
 * const x = requiresGrad_(tensor([1, -1]));
 * layer.forward(x).sum().backward();
 * x.grad.tolist(); // => [10, 0]
 * remove();
 */
export const registerFullBackwardHook = (module: AnyModule, hook: BackwardHook): RemoveHook =>
  added(module, ({ backward }) => backward, hook);

type Before = (inputs: readonly unknown[]) => readonly unknown[] | undefined;
type After = (inputs: readonly unknown[], output: unknown) => unknown;

interface Hooks {
  readonly before: Map<symbol, Before>;
  readonly after: Map<symbol, After>;
  readonly backward: Map<symbol, BackwardHook>;
}

interface Entry {
  readonly hooks: Hooks;
  readonly uninstall: () => void;
}

const installed = new WeakMap<AnyModule, Entry>();

function added<Hook>(module: AnyModule, listOf: (hooks: Hooks) => Map<symbol, Hook>, hook: Hook): RemoveHook {
  const { hooks, uninstall } = installed.get(module) ?? install(module);
  const [key, list] = [Symbol("hook"), listOf(hooks)];
  list.set(key, hook);
  return () => {
    if (!list.delete(key) || hooks.before.size + hooks.after.size + hooks.backward.size > 0) return;
    uninstall();
    installed.delete(module);
  };
}

function install(module: AnyModule): Entry {
  const hooks: Hooks = { before: new Map(), after: new Map(), backward: new Map() };
  const uninstall = wrapForward(module, (forward, given) => {
    const [before, after] = [[...hooks.before.values()], [...hooks.after.values()]];
    const inputs = before.reduce((old, hook) => hook(old) ?? old, given);
    const ends = watched(module, inputs, [...hooks.backward.values()]);
    const output = ends.output(forward(ends.inputs));
    return after.reduce((old, hook) => hook(inputs, old) ?? old, output);
  });
  const entry = { hooks, uninstall };
  installed.set(module, entry);
  return entry;
}
