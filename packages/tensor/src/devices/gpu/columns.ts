import { type BlockAttrs, columnsToImage, imageToColumns } from "../../ops/conv/columns.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuImageToColumns: GpuKernel<BlockAttrs> = (runtime, [x], output, attrs) => {
  checkFloat32("im2col", [x as Tensor]);
  const job = { inputs: { image: x as Tensor }, output, whole: sizesOf(attrs) };
  runEach(runtime, gpuImageToColumns, "", output.size, job, () => ({
    body: `
    let row = index / a.blocks;
    let block = index % a.blocks;
    let tap = row % (a.yKernel * a.xKernel);
    let y = i32(block / a.xBlocks * a.yStride + tap / a.xKernel * a.yStep) - i32(a.yPad);
    let x = i32(block % a.xBlocks * a.xStride + tap % a.xKernel * a.xStep) - i32(a.xPad);
    let plane = row / (a.yKernel * a.xKernel) * a.ySize;
    let value = image((plane + u32(y)) * a.xSize + u32(x));
    put(index, select(0.0, value, u32(y) < a.ySize && u32(x) < a.xSize));`,
  }));
};

const gpuColumnsToImage: GpuKernel<BlockAttrs> = (runtime, [columns], output, attrs) => {
  checkFloat32("col2im", [columns as Tensor]);
  const job = { inputs: { columns: columns as Tensor }, output, whole: sizesOf(attrs) };
  runEach(runtime, gpuColumnsToImage, "", output.size, job, () => ({
    body: `
    let plane = index / (a.ySize * a.xSize);
    let y = index / a.xSize % a.ySize + a.yPad;
    let x = index % a.xSize + a.xPad;
    var sum = 0.0;
    for (var ky = 0u; ky < a.yKernel && ky * a.yStep <= y; ky++) {
      let yBlock = (y - ky * a.yStep) / a.yStride;
      if (yBlock >= a.yBlocks || (y - ky * a.yStep) % a.yStride != 0u) { continue; }
      for (var kx = 0u; kx < a.xKernel && kx * a.xStep <= x; kx++) {
        let xBlock = (x - kx * a.xStep) / a.xStride;
        if (xBlock >= a.xBlocks || (x - kx * a.xStep) % a.xStride != 0u) { continue; }
        sum += columns(((plane * a.yKernel + ky) * a.xKernel + kx) * a.blocks + yBlock * a.xBlocks + xBlock);
      }
    }
    put(index, sum);`,
  }));
};

export const columnKernels = {
  columnsToImage: [columnsToImage.op, gpuColumnsToImage],
  imageToColumns: [imageToColumns.op, gpuImageToColumns],
} as const;

function sizesOf({ kernel, stride, padding, dilation, image, blocks }: BlockAttrs): Record<string, number> {
  const sizes: Record<string, number> = { blocks: blocks[0] * blocks[1] };
  for (const [d, dim] of (["y", "x"] as const).entries()) {
    sizes[`${dim}Kernel`] = kernel[d] as number;
    sizes[`${dim}Stride`] = stride[d] as number;
    sizes[`${dim}Pad`] = padding[d] as number;
    sizes[`${dim}Step`] = dilation[d] as number;
    sizes[`${dim}Size`] = image[d] as number;
    sizes[`${dim}Blocks`] = blocks[d] as number;
  }
  return sizes;
}
