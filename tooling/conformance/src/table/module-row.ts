import type { Tensor } from "@dl/tensor";
import type { Args } from "../args.ts";
import { parseSignature, type Signature } from "../signature.ts";
import type { Result } from "./row.ts";

/** What a module of PyTorch's is here, and how it is called. */
export interface ModuleRow {
  /** The arguments of its constructor. */
  readonly signature: Signature;
  /** The arguments of `forward`. */
  readonly forward: Signature;
  readonly build: (a: Args) => BuiltModule;
}

/** A module ready to be called; a loss has no parameters and is not a `Module`. */
export interface BuiltModule {
  readonly module: object;
  readonly call: (a: Args) => Result;
}

/**
 * One module: how it is built, and how it is called. Without `call`, `forward` gets the one input.
 *
 * @example
 * moduleRow("torch.nn.Linear(in_features, out_features, bias=True)", "(input)", (a) =>
 *   new Linear(a.number("in_features"), a.number("out_features"), given({ bias: a.maybe<boolean>("bias") })),
 *   (linear, a) => linear.forward(a.tensor()));
 */
export const moduleRow = <M extends object>(
  signature: string,
  forward: string,
  build: (a: Args) => M,
  call: (module: M, a: Args) => Result,
): ModuleRow => ({
  signature: parseSignature(signature),
  forward: parseSignature(`forward${forward}`),
  build: (a) => {
    const module = build(a);
    return { module, call: (args) => call(module, args) };
  },
});

/** What the runner needs of a module with parameters. */
export interface StatefulModule {
  namedParameters(): [string, Tensor][];
  stateDict(): Record<string, Tensor>;
  loadStateDict(state: Record<string, Tensor>): unknown;
  train(mode: boolean): unknown;
}

/** Whether it is a `Module` and not a loss. */
export const isStateful = (module: object): module is StatefulModule => "loadStateDict" in module;
