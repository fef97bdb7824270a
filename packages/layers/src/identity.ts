import type { Tensor } from "@dl/tensor";
import { Module } from "./module.ts";

/**
 * `y = x`: a place where nothing happens.
 *
 * @example
 * new Identity().forward(ones([2])).tolist(); // => [1, 1]
 */
export class Identity extends Module {
  override forward(x: Tensor): Tensor {
    return x;
  }
}
