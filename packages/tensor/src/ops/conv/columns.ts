import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmCol2im, wasmIm2col } from "./columns.wasm.ts";

type Pair = readonly [vertical: number, horizontal: number];

/** How blocks of an image are laid out, height first. */
export interface BlockAttrs {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation: Pair;
  /** Sizes of the image. */
  readonly image: Pair;
  /** How many blocks there are. */
  readonly blocks: Pair;
}

const op: KernelOp<BlockAttrs> = {
  kind: "kernel",
  name: "im2col",
  inputs: ["x"],
  infer: ([x], { kernel, blocks }) => {
    const [batch, channels] = (x as Tensor).shape as [number, number];
    return { shape: [batch, channels * kernel[0] * kernel[1], blocks[0] * blocks[1]], dtype: (x as Tensor).dtype };
  },
  reference: ([x], output, attrs) => {
    const [from, to] = [elements(x as Tensor), elements(output)];
    to.fill(0);
    forEachElement((x as Tensor).shape, attrs, (column, pixel) => {
      to[column] = from[pixel] as number;
    });
  },
  wasm: wasmIm2col,
};

/** The blocks of images as columns. Shape `[n, c, h, w]` to `[n, c kh kw, blocks]`. */
export const imageToColumns = callable((x: Tensor, attrs: BlockAttrs): Tensor => apply(op, [x], attrs), op);

const foldOp: KernelOp<BlockAttrs> = {
  kind: "kernel",
  name: "col2im",
  inputs: ["columns"],
  infer: ([columns], { kernel, image }) => {
    const [batch, rows] = (columns as Tensor).shape as [number, number];
    return { shape: [batch, rows / (kernel[0] * kernel[1]), ...image], dtype: (columns as Tensor).dtype };
  },
  reference: ([columns], output, attrs) => {
    const from = elements(columns as Tensor);
    const sums = new Float64Array(output.size);
    forEachElement(output.shape, attrs, (column, pixel) => {
      sums[pixel] = (sums[pixel] as number) + (from[column] as number);
    });
    elements(output).set(sums);
  },
  wasm: wasmCol2im,
};

/** Columns added up to images. Shape `[n, c kh kw, blocks]` to `[n, c, h, w]`. */
export const columnsToImage = callable(
  (columns: Tensor, attrs: BlockAttrs): Tensor => apply(foldOp, [columns], attrs),
  foldOp,
);

/** Visits every element of the columns that comes from the image, and not from its padding. */
function forEachElement(
  shape: readonly number[],
  { kernel, stride, padding, dilation, image, blocks }: BlockAttrs,
  visit: (column: number, pixel: number) => void,
): void {
  const planes = (shape[0] as number) * (shape[1] as number);
  const [height, width] = image;
  let row = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let ky = 0; ky < kernel[0]; ky++) {
      for (let kx = 0; kx < kernel[1]; kx++, row++) {
        for (let by = 0; by < blocks[0]; by++) {
          const y = by * stride[0] + ky * dilation[0] - padding[0];
          if (y < 0 || y >= height) continue;
          for (let bx = 0; bx < blocks[1]; bx++) {
            const x = bx * stride[1] + kx * dilation[1] - padding[1];
            if (x < 0 || x >= width) continue;
            visit((row * blocks[0] + by) * blocks[1] + bx, (plane * height + y) * width + x);
          }
        }
      }
    }
  }
}
