import type { WasmKernels } from "../kernels.ts";
import { columnSplits, splitColumns } from "./columns.ts";
import { splitCopies } from "./copies.ts";
import { imageSplits, splitImages } from "./images.ts";
import type { Program } from "./pool.ts";
import { splitProducts } from "./products.ts";
import { rowSplits } from "./rows.ts";
import { type Kernel, splitRows, type Threads } from "./split.ts";
import { splitSums } from "./sums.ts";
import { splitWeights } from "./weights.ts";

/**
 * The kernels with their large calls spread over threads. Every output is computed by one call, from the same numbers
 * in the same order as by one thread alone, so the bits are the same.
 */
export function splitKernels(kernels: WasmKernels, threads: Threads): WasmKernels {
  const names = Object.keys(kernels);
  const program = (name: string): Program => ({
    run: kernels[name as keyof WasmKernels] as Kernel,
    number: names.indexOf(name),
  });
  const byRows: WasmKernels = {
    ...kernels,
    ...Object.fromEntries(
      Object.entries(rowSplits()).map(([name, split]) => [name, splitRows(program(name), split, threads)]),
    ),
  };
  const byColumns = Object.entries(columnSplits()).map(([name, split]) => [
    name,
    splitColumns(byRows[name as keyof WasmKernels] as Kernel, program(split.by), split, threads),
  ]);
  const byImages = Object.entries(imageSplits()).map(([name, split]) => [
    name,
    splitImages(program(name), split, kernels, threads),
  ]);
  const split: WasmKernels = { ...byRows, ...Object.fromEntries([...byColumns, ...byImages]) };
  return {
    ...split,
    ...splitProducts(kernels, program("gemmRows"), program("gemmBatch"), threads),
    sum: splitSums(kernels, split.sum, program("runSums"), threads),
    copyStrided: splitCopies(kernels, program("copyStrided"), threads),
    conv2dWeightGradient: splitWeights(kernels, program("conv2dWeightGradientRows"), threads),
  };
}
