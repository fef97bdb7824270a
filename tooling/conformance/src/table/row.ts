import type { Tensor } from "@dl/tensor";
import type { Args } from "../args.ts";
import { parseSignature, type Signature } from "../signature.ts";

/** What a call gives back. */
export type Result = Tensor | number | boolean | string | undefined | readonly Result[];

/** One op of PyTorch's and the call of the library that stands for it. */
export interface Row {
  readonly signature: Signature;
  readonly call: (a: Args) => Result;
}

export const row = (signature: string, call: (a: Args) => Result): Row => ({
  signature: parseSignature(signature),
  call,
});

/** A function of one tensor: `torch.exp(input)`. */
export const unaryRow = (name: string, call: (x: Tensor) => Result): Row =>
  row(`${name}(input)`, (a) => call(a.tensor()));

/** A function of two tensors or numbers: `torch.eq(input, other)`. */
export const binaryRow = (name: string, call: (x: Tensor, y: Tensor | number) => Result): Row =>
  row(`${name}(input|self, other)`, (a) => call(a.tensor(), a.operand("other")));
