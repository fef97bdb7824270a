import type { TypedArray } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";

/** The elements, for functions whose result's shape depends on them. */
export function elementsOnHost(who: string, x: Tensor): TypedArray {
  if (x.device.name === "gpu")
    throw new TypeError(`${who}: the shape of the result depends on the elements: use await x.cpu() first`);
  return x.detach().toArray();
}
