import { gradient, notDifferentiable } from "../rule.ts";
import { shared } from "./reduce.ts";

interface Block {
  readonly dim: number;
  readonly span: number;
}

export const sorting = {
  argsort: notDifferentiable,
  topkIndices: notDifferentiable,
  kthIndex: notDifferentiable,
  medianIndex: notDifferentiable,
  nanmedianIndex: notDifferentiable,
  modeIndex: notDifferentiable,
  searchsorted: notDifferentiable,
  medianBlock: gradient<Block>({ x: shared }),
  nanmedianBlock: gradient<Block>({ x: shared }),
};
