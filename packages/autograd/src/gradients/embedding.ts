import { div, ones, type Tensor, zeros } from "@dl/tensor";
import { copySlices, gatherRows, scatterRows } from "@dl/tensor/primitives";
import { gradient, keeping, shapeOf } from "../rule.ts";

interface GatherAttrs {
  readonly paddingIdx: number;
  readonly scaleByFrequency: boolean;
}

interface ScatterAttrs {
  readonly rows: number;
  readonly paddingIdx: number;
}

export const embeddings = {
  gatherRows: gradient<GatherAttrs>({
    weight: keeping(["indices"], (g, { indices }, context) => {
      const { attrs } = context;
      const rows = shapeOf(context)[0] as number;
      const shares = attrs.scaleByFrequency ? div(g, frequencies(g, indices, rows)) : g;
      return scatterRows(shares, indices, { rows, paddingIdx: attrs.paddingIdx });
    }),
  }),
  scatterRows: gradient<ScatterAttrs>({
    g: keeping(["indices"], (g, { indices }, { attrs }) => gatherRows(withoutRow(g, attrs.paddingIdx), indices)),
  }),
};

/** How often each index occurs among `indices`. Shape `[...]` to `[..., 1]`. */
function frequencies(g: Tensor, indices: Tensor, rows: number): Tensor {
  const each = ones([...indices.shape, 1], { dtype: g.dtype, device: g.device });
  return gatherRows(scatterRows(each, indices, { rows, paddingIdx: -1 }), indices);
}

/** `table` with zeros in one row, or as it is for row -1. */
function withoutRow(table: Tensor, row: number): Tensor {
  if (row < 0) return table;
  const width = table.shape[1] as number;
  const none = zeros([width], { dtype: table.dtype, device: table.device });
  return copySlices(table, none, { shape: [width], strides: [1], offset: row * width });
}
