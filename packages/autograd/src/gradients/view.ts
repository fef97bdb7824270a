import { contiguousStrides, type Layout, permute, reshape, type Shape, sumTo, type Tensor, toCopy, zeros } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type Context, gradient } from "../rule.ts";

type SliceAttrs = Parameters<typeof primitives.slice.op.layout>[1];

const shapeOf = ({ inputs }: Context, index = 0): Shape => inputs[index]?.shape as Shape;

/** Row-major layout of `shape`, on which a view op's layout says where each of its elements comes from. */
const rowMajor = (shape: Shape): Layout => ({ shape, strides: contiguousStrides(shape), offset: 0 });

/** The elements of `x` (row-major) that `window` shows. */
const gathered = (x: Tensor, window: Layout): Tensor =>
  primitives.asStrided(x.isContiguous ? x : toCopy(x), window.shape, window.strides, (x.isContiguous ? x.offset : 0) + window.offset);

export const views = {
  toCopy: gradient({ x: (g) => g }),
  view: gradient({ x: (g, _, context) => reshape(g, shapeOf(context)) }),
  permute: gradient<{ readonly dims: readonly number[] }>({
    x: (g, _, { attrs }) => permute(g, attrs.dims.map((_, dim) => attrs.dims.indexOf(dim))),
  }),
  expand: gradient({ x: (g, _, context) => sumTo(g, shapeOf(context)) }),
  slice: gradient<SliceAttrs>({
    x: (g, _, context) => primitives.stridedScatterAdd(g, shapeOf(context), primitives.slice.op.layout(rowMajor(shapeOf(context)), context.attrs)),
  }),
  asStrided: gradient<Layout>({ x: (g, _, { attrs, inputs }) => primitives.stridedScatterAdd(g, inputs[0]?.shape as Shape, attrs) }),
  stridedScatterAdd: gradient<{ readonly window: Layout }>({ x: (g, _, { attrs }) => gathered(g, attrs.window) }),
  copySlices: gradient<{ readonly window: Layout }>({
    x: (g, _, { attrs }) => primitives.copySlices(g, zeros(attrs.window.shape, { dtype: g.dtype, device: g.device }), attrs.window),
    value: (g, _, { attrs }) => gathered(g, attrs.window),
  }),
};
