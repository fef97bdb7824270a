import type { Tensor } from "@dl/tensor";
import { type AnyModule, Module } from "./module.ts";

/**
 * Modules one after another: each gets the output of the one before. Named by position: "0", "1", …
 *
 * @example
 * new Sequential(new Linear(3, 2), new ReLU(), new Linear(2, 1)).forward(ones([5, 3])).shape; // => [5, 1]
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Module[]) {
    super();
    const other = layers.findIndex((layer) => !(layer instanceof Module));
    if (other >= 0) throw new TypeError(`Sequential: argument ${other} is no module: pass modules one by one`);
    this.layers = layers;
  }

  override namedChildren(): [string, AnyModule][] {
    return this.layers.map((layer, index) => [String(index), layer]);
  }

  override forward(x: Tensor): Tensor {
    return this.layers.reduce((value, layer) => layer.forward(value), x);
  }
}
