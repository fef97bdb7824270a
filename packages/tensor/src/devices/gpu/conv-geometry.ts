import type { ConvAttrs } from "../../ops/conv/convolution.ts";
import { type Shape, sizeOf } from "../../shape.ts";

/** A convolution in numbers, and the names of its spatial dimensions in WGSL, `x` the last. */
export interface Geometry {
  readonly dims: readonly string[];
  readonly batch: number;
  /** Of one group. */
  readonly channels: number;
  /** Of one group. */
  readonly outputs: number;
  readonly groups: number;
  /** Elements of a plane of the input, of the output, and of the kernel. */
  readonly area: number;
  readonly outArea: number;
  readonly taps: number;
  /** For shaders: the numbers above, and `xSize`, `xOut`, `xKernel`, `xStride`, `xPad`, `xStep` of each dimension. */
  readonly whole: Readonly<Record<string, number>>;
}

/** The geometry of a convolution of an input of shape `x` with a weight of shape `weight`. */
export function geometryOf(x: Shape, weight: Shape, attrs: ConvAttrs): Geometry {
  const { stride, padding, dilation, groups, output } = attrs;
  const dims = spatialDims(output.length);
  const sizes = {
    batch: x[0] as number,
    channels: weight[1] as number,
    outputs: (weight[0] as number) / groups,
    groups,
    area: sizeOf(x.slice(2)),
    outArea: sizeOf(output),
    taps: sizeOf(weight.slice(2)),
  };
  const spatial = dims.flatMap((dim, d) => [
    [`${dim}Size`, x[2 + d] as number],
    [`${dim}Out`, output[d] as number],
    [`${dim}Kernel`, weight[2 + d] as number],
    [`${dim}Stride`, stride[d] as number],
    [`${dim}Pad`, padding[d] as number],
    [`${dim}Step`, dilation[d] as number],
  ]);
  return { dims, ...sizes, whole: { ...sizes, ...Object.fromEntries(spatial) } };
}

/** The names of the last `count` dimensions. */
export const spatialDims = (count: number): readonly string[] => ["z", "y", "x"].slice(3 - count);

/** WGSL that declares the coordinates of element `index` of a plane, as long as `extent` says, each as `name(dim)`. */
export function unravel(
  dims: readonly string[],
  index: string,
  extent: "Size" | "Out" | "Kernel",
  name: (dim: string) => string,
): string {
  const lines = [`var rest${extent} = ${index};`];
  for (const [i, dim] of [...dims].reverse().entries()) {
    const last = i === dims.length - 1;
    lines.push(`let ${name(dim)} = rest${extent}${last ? "" : ` % a.${dim}${extent}`};`);
    if (!last) lines.push(`rest${extent} /= a.${dim}${extent};`);
  }
  return lines.join("\n  ");
}

/** WGSL for the index of the element of a plane that has these coordinates. */
export const ravel = (
  dims: readonly string[],
  extent: "Size" | "Out",
  type: "i32" | "u32",
  coordinate: (dim: string) => string,
): string =>
  dims.reduce(
    (at, dim) => (at === "" ? coordinate(dim) : `((${at}) * ${type}(a.${dim}${extent}) + ${coordinate(dim)})`),
    "",
  );
