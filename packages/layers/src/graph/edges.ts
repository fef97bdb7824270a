import { arange, cat, operandsText, select, type Tensor } from "@dl/tensor";

/** The two ends of every edge, int32 `[edges]`. Messages go from source to target. */
export interface Edges {
  readonly sources: Tensor;
  readonly targets: Tensor;
}

/** Throws unless `x` is `[nodes, channels]` and `edgeIndex` int32 `[2, edges]`. */
export function edgesOf(layer: { toString(): string }, x: Tensor, edgeIndex: Tensor, channels: number): Edges {
  if (x.ndim !== 2 || x.shape[1] !== channels)
    throw new RangeError(`${layer}: x must be [nodes, ${channels}] ${operandsText({ x, edgeIndex })}`);
  if (edgeIndex.dtype !== "int32")
    throw new TypeError(`${layer}: edgeIndex must be int32, got ${edgeIndex.dtype}: convert with .to("int32")`);
  if (edgeIndex.ndim !== 2 || edgeIndex.shape[0] !== 2)
    throw new RangeError(`${layer}: edgeIndex must be [2, edges] ${operandsText({ x, edgeIndex })}`);
  return { sources: select(edgeIndex, 0, 0), targets: select(edgeIndex, 0, 1) };
}

/** The same edges and then one from every node to itself. */
export function withLoops({ sources, targets }: Edges, nodes: number): Edges {
  const loops = arange(0, nodes, 1, { dtype: "int32", device: sources.device });
  return { sources: cat([sources, loops]), targets: cat([targets, loops]) };
}
