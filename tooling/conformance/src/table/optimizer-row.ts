import type { Hyper, Optimizer, ParamsInput } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import type { Args } from "../args.ts";
import { parseSignature, type Signature } from "../signature.ts";

/** An optimizer of any options. */
export type AnyOptimizer = Pick<Optimizer, "step" | "zeroGrad" | "stateDict" | "loadStateDict" | "paramGroups">;

/** Parameters with the options that are theirs alone. */
export interface TestedGroup {
  readonly params: readonly Tensor[];
  readonly options: Args;
}

/** One optimizer of PyTorch's and the class that stands for it. */
export interface OptimizerRow {
  /** Without the parameters, which come first everywhere. */
  readonly signature: Signature;
  readonly build: (params: readonly Tensor[] | readonly TestedGroup[], options: Args) => AnyOptimizer;
}

/** One optimizer: the names of its options here and in PyTorch, and how it is built. */
export const optimizerRow = <H extends Hyper>(
  signature: string,
  names: { readonly [K in keyof H]?: string },
  build: (params: ParamsInput<H>, options: H) => AnyOptimizer,
): OptimizerRow => ({
  signature: parseSignature(signature),
  build: (params, options) => {
    const groups = params.map((each) =>
      "options" in each ? { ...each.options.options<Partial<H>>(names), params: each.params } : each,
    );
    return build(groups as ParamsInput<H> & typeof groups, options.options<H>(names));
  },
});
