import { where } from "../ops/elementwise/blend.ts";
import { inPlace } from "../ops/in-place.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";

/**
 * Writes `make()`, of the shape and dtype of `x`, over `x` and returns it. The old elements count for nothing, but stay
 * in the history: their gradient is 0.
 */
export const overwrite = (who: string, x: Tensor, make: () => Tensor): Tensor =>
  inPlace(who, x, (old) => (old.tracer === undefined ? make() : where(always(x), make(), old)));

const always = (x: Tensor): Tensor => madeBeside(x, Uint8Array.of(1), [], "bool");
