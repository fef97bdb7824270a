import { type TapAttrs, tapIndices } from "../../ops/vision/tap-indices.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuTapIndices: GpuKernel<TapAttrs> = (runtime, [corners], output, attrs) => {
  checkFloat32("tapIndices", [corners as Tensor]);
  const { sizes, from, count, padding, alignCorners } = attrs;
  const lengths = Object.fromEntries(sizes.map((size, dim) => [`size${dim}`, size]));
  const job = {
    inputs: { corners: corners as Tensor },
    output,
    whole: { count, taps: count ** sizes.length, ...lengths },
    floats: { first: from },
  };
  runEach(runtime, gpuTapIndices, `${sizes.length} ${padding} ${alignCorners}`, output.size, job, () => ({
    functions: insideOf(padding, alignCorners),
    body: `
    let point = index / a.taps * ${sizes.length}u;
    let tap = index % a.taps;
    var at = 0;
    var step = a.taps / a.count;
    ${sizes
      .map(
        (_, dim) => `{
      let place = insideOf(corners(point + ${dim}u) + a.first + f32(tap / step % a.count), f32(a.size${dim}));
      at = select(-1, at * i32(a.size${dim}) + i32(place), at >= 0 && place >= 0.0 && place < f32(a.size${dim}));
      step /= a.count;
    }`,
      )
      .join("\n    ")}
    put(index, at);`,
  }));
};

export const tapIndexKernels = { tapIndices: [tapIndices.op, gpuTapIndices] } as const;

/** A whole-numbered place moved inside; NaN is outside. */
function insideOf(padding: TapAttrs["padding"], alignCorners: boolean): string {
  if (padding === "zeros") return "fn insideOf(place : f32, size : f32) -> f32 { return place; }";
  return `
fn mirrored(place : f32, size : f32) -> f32 {
  let low = ${alignCorners ? "0.0" : "-0.5"};
  let span = ${alignCorners ? "size - 1.0" : "size"};
  if (span == 0.0) { return 0.0; }
  let away = abs(place - low);
  let turns = floor(away / span);
  let rest = away - turns * span;
  return select(span - rest + low, rest + low, turns - 2.0 * floor(turns / 2.0) == 0.0);
}
fn insideOf(place : f32, size : f32) -> f32 {
  let moved = ${padding === "reflection" ? "mirrored(place, size)" : "place"};
  if (isNan(moved)) { return -1.0; }
  return trunc(clamp(moved, 0.0, size - 1.0));
}`;
}
