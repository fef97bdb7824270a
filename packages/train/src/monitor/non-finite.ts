import { explainBackward } from "@dl/autograd";
import { type AnyModule, type Module, registerForwardHook } from "@dl/layers";
import { isfinite, scope, Tensor } from "@dl/tensor";
import type { Callback } from "../callback.ts";

/** Where a computation first left the finite numbers. */
export interface NonFinite {
  readonly pass: "forward" | "backward";
  /** The op: of the forward pass as `gradFn` names it, of the backward pass by its own name. */
  readonly op: string;
  /** The dotted name of the innermost module that it happened in; absent outside of modules and in the backward pass. */
  readonly module?: string;
}

/**
 * Finds the first op of a loss that gives NaN or infinity: in the forward pass the first module with a bad output, or
 * the loss itself; else the first op of the backward pass that hands on a bad gradient. Undefined where all is finite.
 *
 * Reads every output, so it is slow: for looking for a mistake, not for every step. Not on a GPU.
 *
 * @example
 * class Log extends Module {
 *   override forward(x: Tensor): Tensor {
 *     return x.log();
 *   }
 * }
 * const model = new Sequential(new Linear(2, 2), new ReLU(), new Log());
 * fill_(model.layers[0].bias.detach(), -100);
 * firstNonFinite(model, () => model.forward(ones([1, 2])).sum()); // => { pass: "forward", op: "LogBackward0", module: "2" }
 */
export function firstNonFinite(model: AnyModule, loss: () => Tensor): NonFinite | undefined {
  let found: NonFinite | undefined;
  const remove = model.namedModules().map(([name, module]) =>
    registerForwardHook(module as Module, (_, __, output) => {
      if (found === undefined && output instanceof Tensor && !isFiniteEverywhere(output))
        found = { pass: "forward", op: output.gradFn ?? "a constant", module: name };
    }),
  );
  let value: Tensor;
  try {
    value = loss();
  } finally {
    for (const each of remove) each();
  }
  if (found !== undefined) return found;
  if (!isFiniteEverywhere(value)) return { pass: "forward", op: value.gradFn ?? "a constant" };
  const bad = explainBackward(value, { largestLocal: 0 }).steps.find(({ inputs }) =>
    inputs.some(({ gradient }) => !isFiniteEverywhere(gradient)),
  );
  return bad === undefined ? undefined : { pass: "backward", op: bad.op };
}

function isFiniteEverywhere(x: Tensor): boolean {
  return scope(() => isfinite(x.detach()).all().item()) !== 0;
}

/**
 * Ends a run whose loss is no finite number any more.
 *
 * @example
 * const model = new Linear(1, 1);
 * const { stopped } = await fit(model, [tensor([[1]])], {
 *   loss: (model, x) => model.forward(x).mul(0).log().sum(),
 *   optimizer: new SGD(model.parameters(), { lr: 1 }),
 *   epochs: 9,
 *   callbacks: [stopWhenNotFinite()],
 * });
 * stopped; // => "stopWhenNotFinite: the loss of step 1 is -Infinity: firstNonFinite tells where it comes from"
 */
export function stopWhenNotFinite(): Callback {
  return {
    afterStep(run) {
      if (!Number.isFinite(run.loss))
        run.stop(
          `stopWhenNotFinite: the loss of step ${run.step} is ${run.loss}: firstNonFinite tells where it comes from`,
        );
    },
  };
}
