import type { Tensor } from "../../tensor.ts";
import type { Engine } from "./engine.ts";
import { type Window, windowBytes, writeWindow } from "./window.ts";

/** Whether every operand is a float32 tensor and there is something to compute. */
export const areFloat32 = (inputs: readonly Tensor[], output: Tensor): boolean =>
  output.dtype === "float32" &&
  output.size > 0 &&
  inputs.every((x) => x.dtype === "float32" && !x.isNumber && x.size > 0);

/** A tensor, not a number, that has elements. */
export const isFilled = (x: Tensor): boolean => !x.isNumber && x.size > 0;

/** float32 or int32. */
export const hasFourBytes = ({ dtype }: Tensor): boolean => dtype === "float32" || dtype === "int32";

/** The address of an operand that may be left out, else 0. */
export const addressOrNone = (engine: Engine, x: Tensor | undefined): number =>
  x === undefined ? 0 : engine.address(x);

/** Calls `body` with the window written to memory, and as much scratch memory as it says. */
export function withWindow(
  engine: Engine,
  window: Window,
  scratchBytes: (at: number) => number,
  body: (at: number, scratch: number) => void,
): void {
  engine.withScratch(windowBytes, (at) => {
    writeWindow(engine.memory, at, window);
    const bytes = scratchBytes(at);
    if (bytes === 0) body(at, 0);
    else engine.withScratch(bytes, (scratch) => body(at, scratch));
  });
}
