import { operandsText, shapeText } from "../errors.ts";
import { type BlockAttrs, columnsToImage, imageToColumns } from "../ops/conv/columns.ts";
import { view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";
import { checkPlanes } from "./pool.ts";
import { overBatch, type PerDim, perDim } from "./spatial.ts";

export interface BlockOptions {
  /** Height and width of the blocks. */
  kernelSize: PerDim;
  /** Distance of a block's elements. Default 1. */
  dilation?: PerDim;
  /** Zeros on both sides. Default 0. */
  padding?: PerDim;
  /** Distance of the blocks. Default 1. */
  stride?: PerDim;
}

type Pair = readonly [number, number];

/**
 * The sliding blocks of images as columns, as torch.nn.functional.unfold. Shape `[n, c, h, w]` or `[c, h, w]` to
 * `[…, c kh kw, blocks]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.Unfold.html
 *
 * @example
 * im2col(tensor([[[1, 2, 3], [4, 5, 6]]]), { kernelSize: 2 }).tolist(); // => [[1, 2], [2, 3], [4, 5], [5, 6]]
 */
export const im2col = (x: Tensor, options: BlockOptions): Tensor =>
  overBatch("im2col", x, 2, (images) => {
    checkPlanes("im2col", images, 2);
    return imageToColumns(images, blocksOf("im2col", images.shape.slice(2) as [number, number], options));
  });

export interface FoldOptions extends BlockOptions {
  /** Height and width of the images. */
  outputSize: PerDim;
}

/**
 * Blocks put back where `im2col` found them, and added up where they overlap, as torch.nn.functional.fold. Shape
 * `[n, c kh kw, blocks]` or `[c kh kw, blocks]` to `[…, c, h, w]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.Fold.html
 *
 * @example
 * col2im(ones([4, 2]), { outputSize: [2, 3], kernelSize: 2 }).tolist(); // => [[[1, 2, 1], [1, 2, 1]]]
 */
export function col2im(columns: Tensor, { outputSize, ...options }: FoldOptions): Tensor {
  if (columns.ndim !== 2 && columns.ndim !== 3) {
    throw new RangeError(`col2im: needs 2 dimensions (one image) or 3 (a batch) ${operandsText({ columns })}`);
  }
  const size = perDim("col2im", "outputSize", outputSize, 2, 1);
  const attrs = blocksOf("col2im", [size[0] as number, size[1] as number], options);
  const [rows, count] = columns.shape.slice(-2) as [number, number];
  const area = attrs.kernel[0] * attrs.kernel[1];
  if (rows === 0 || rows % area !== 0) {
    throw new RangeError(
      `col2im: kernelSize ${shapeText(attrs.kernel)} does not divide columns of ${rows} elements ${operandsText({ columns })}`,
    );
  }
  const wanted = attrs.blocks[0] * attrs.blocks[1];
  if (count !== wanted) {
    throw new RangeError(
      `col2im: an image ${shapeText(size)} has ${wanted} blocks, got ${count} ${operandsText({ columns })}`,
    );
  }
  if (columns.ndim === 3) return columnsToImage(columns, attrs);
  const image = columnsToImage(unsqueeze(columns, 0), attrs);
  return view(image, image.shape.slice(1));
}

function blocksOf(who: string, image: Pair, options: BlockOptions): BlockAttrs {
  const { kernelSize, dilation = 1, padding = 0, stride = 1 } = options;
  const attrs = {
    image,
    kernel: pair(who, "kernelSize", kernelSize, 1),
    dilation: pair(who, "dilation", dilation, 1),
    padding: pair(who, "padding", padding, 0),
    stride: pair(who, "stride", stride, 1),
  };
  const along = (dim: 0 | 1): number => {
    const reach = attrs.dilation[dim] * (attrs.kernel[dim] - 1) + 1;
    return Math.floor((image[dim] + 2 * attrs.padding[dim] - reach) / attrs.stride[dim]) + 1;
  };
  const blocks: Pair = [along(0), along(1)];
  if (blocks[0] > 0 && blocks[1] > 0) return { ...attrs, blocks };
  throw new RangeError(
    `${who}: the blocks are larger than the padded image ${shapeText(image)}: kernelSize ${shapeText(attrs.kernel)}, dilation ${shapeText(attrs.dilation)}, padding ${shapeText(attrs.padding)}`,
  );
}

function pair(who: string, name: string, value: PerDim, least: number): Pair {
  const [vertical, horizontal] = perDim(who, name, value, 2, least) as [number, number];
  return [vertical, horizontal];
}
