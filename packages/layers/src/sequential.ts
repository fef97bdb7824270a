import type { Tensor } from "@dl/tensor";
import { type AnyModule, Module } from "./module.ts";
import type { Fitting } from "./widths.ts";

/**
 * Modules one after another: each gets the output of the one before. Named by position: "0", "1", …
 *
 * Widths that do not fit do not compile, where types know them: from a `Linear` with literal sizes on, through modules that
 * keep the shape, to a convolution, `Flatten` or a module of your own. Of a list of several sizes types keep one:
 * `const layers: Linear[]` leaves the widths open.
 *
 * @example
 * new Sequential(new Linear(3, 2), new ReLU(), new Linear(2, 1)).forward(ones([5, 3])).shape; // => [5, 1]
 * @example
 * // @ts-expect-error -- takes 64 features, but gets 128
 * new Sequential(new Linear(784, 128), new ReLU(), new Linear(64, 10));
 */
export class Sequential<Layers extends readonly Module[] = readonly Module[]> extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Fitting<Layers>) {
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
