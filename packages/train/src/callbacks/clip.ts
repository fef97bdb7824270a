import { type ClipNormOptions, clipGradNorm_, clipGradValue_ } from "@dl/optim";
import type { Callback } from "../callback.ts";

export interface ClipOptions {
  /** The most that the norm of the gradients may be. */
  maxNorm?: number;
  /** One norm over all gradients, or each gradient by its own. Default "global". */
  scope?: ClipNormOptions["scope"];
  /** The most that an element of a gradient may be, by magnitude. */
  maxValue?: number;
}

/**
 * Limits the gradients before each step, by norm or by value.
 *
 * Errors: neither `maxNorm` nor `maxValue`.
 *
 * @example
 * typeof clipGradients({ maxNorm: 1 }).afterBackward; // => "function"
 */
export function clipGradients({ maxNorm, scope = "global", maxValue }: ClipOptions): Callback {
  if (maxNorm === undefined && maxValue === undefined)
    throw new RangeError("clipGradients: give maxNorm or maxValue, got neither");
  return {
    afterBackward({ model }) {
      if (maxNorm !== undefined) clipGradNorm_(model.parameters(), maxNorm, { scope }).dispose();
      if (maxValue !== undefined) clipGradValue_(model.parameters(), maxValue);
    },
  };
}
