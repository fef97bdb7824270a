import { Module } from "@dl/layers";
import type { Tensor } from "@dl/tensor";

/** A network of the model cases. Its fields have the names of the case's state. */
export abstract class TestedModel extends Module<Tensor[]> {
  /** The network's own loss, where it has one. */
  ownLoss(_inputs: readonly Tensor[], _output: Tensor): Tensor | undefined {
    return undefined;
  }
}
