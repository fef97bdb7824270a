import { contiguousStrides, type Layout, permute, reshape, sumTo, type Tensor, toCopy, zeros } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { gradient, type Rule, shapeOf } from "../rule.ts";

/** The gradient of a view goes back to where its elements were read. */
function viewGradient<A>({ layout }: { layout(of: Layout, attrs: A): Layout }): Rule {
  return gradient<A>({
    x: (g, _, context) => {
      const shape = shapeOf(context);
      const rowMajor = { shape, strides: contiguousStrides(shape), offset: 0 };
      return primitives.stridedScatterAdd(g, shape, layout(rowMajor, context.attrs));
    },
  });
}

/** The elements of `x` (row-major) that `window` shows. */
const gathered = (x: Tensor, window: Layout): Tensor =>
  primitives.asStrided(
    x.isContiguous ? x : toCopy(x),
    window.shape,
    window.strides,
    (x.isContiguous ? x.offset : 0) + window.offset,
  );

export const views = {
  toCopy: gradient({ x: (g) => g }),
  view: gradient({ x: (g, _, context) => reshape(g, shapeOf(context)) }),
  permute: gradient<{ readonly dims: readonly number[] }>({
    x: (g, _, { attrs }) =>
      permute(
        g,
        attrs.dims.map((_, dim) => attrs.dims.indexOf(dim)),
      ),
  }),
  expand: gradient({ x: (g, _, context) => sumTo(g, shapeOf(context)) }),
  slice: viewGradient(primitives.slice.op),
  diagonal: viewGradient(primitives.diagonal.op),
  unfold: viewGradient(primitives.unfold.op),
  asStrided: gradient<Layout>({
    x: (g, _, context) => primitives.stridedScatterAdd(g, shapeOf(context), context.attrs),
  }),
  stridedScatterAdd: gradient<{ readonly window: Layout }>({ x: (g, _, { attrs }) => gathered(g, attrs.window) }),
  copySlices: gradient<{ readonly window: Layout }>({
    x: (g, _, { attrs }) =>
      primitives.copySlices(g, zeros(attrs.window.shape, { dtype: g.dtype, device: g.device }), attrs.window),
    value: (g, _, { attrs }) => gathered(g, attrs.window),
  }),
};
