import { isFloat } from "../../dtype.ts";
import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp, type Spec } from "../../op.ts";
import { sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { toCopy } from "../copy.ts";
import { wasmAttention, wasmAttentionGradient } from "./attention.wasm.ts";
import { type AttentionAttrs, startsOf } from "./layout.ts";
import { attend, attendGradient } from "./reference.ts";

const op: KernelOp<AttentionAttrs> = {
  kind: "kernel",
  name: "attention",
  inputs: ["packed", "mask"],
  strided: true,
  infer: ([packed, mask], attrs) => ({
    shape: resultShape(attrs),
    dtype: checked("attention", packed as Tensor, mask, attrs).dtype,
  }),
  reference: attend,
  wasm: wasmAttention,
};

/**
 * `softmax(q kᵀ + mask) v`, with the scores of a few queries at a time in memory.
 *
 * - packed: q `[...batch, queries, width]`, k `[...batch, keys, width]` and v `[...batch, keys, valueWidth]`, one after the
 *   other in one dimension
 * - mask: `[...batch, queries, keys]`, of any strides; it has no gradient
 * - result: `[...batch, queries, valueWidth]`
 */
export const attention = callable(
  (packed: Tensor, mask: Tensor | undefined, attrs: AttentionAttrs): Tensor =>
    apply(op, [joined(packed), ...(mask === undefined ? [] : [mask])], attrs),
  op,
);

const gradientOp: KernelOp<AttentionAttrs> = {
  kind: "kernel",
  name: "attentionGradient",
  inputs: ["g", "packed", "mask"],
  strided: true,
  infer: ([g, packed, mask], attrs): Spec => {
    const { shape, dtype } = checked("attentionGradient", packed as Tensor, mask, attrs);
    if (!sameShape((g as Tensor).shape, resultShape(attrs)))
      throw new RangeError(
        `attentionGradient: g must be [${resultShape(attrs).join(", ")}] ${operandsText({ g: g as Tensor })}`,
      );
    return { shape, dtype };
  },
  reference: attendGradient,
  wasm: wasmAttentionGradient,
};

/** The gradient of `packed` from that of the result of {@link attention}, whose weights are computed again. */
export const attentionGradient = callable(
  (g: Tensor, packed: Tensor, mask: Tensor | undefined, attrs: AttentionAttrs): Tensor =>
    apply(gradientOp, [joined(g), joined(packed), ...(mask === undefined ? [] : [mask])], attrs),
  gradientOp,
);

const joined = (x: Tensor): Tensor => (x.isContiguous ? x : toCopy(x, x.dtype));

const resultShape = ({ batch, queries, valueWidth }: AttentionAttrs): readonly number[] => [
  ...batch,
  queries,
  valueWidth,
];

function checked(who: string, packed: Tensor, mask: Tensor | undefined, attrs: AttentionAttrs): Tensor {
  const { end } = startsOf(attrs);
  if (packed.ndim !== 1 || packed.size !== end)
    throw new RangeError(`${who}: packed must be [${end}] ${operandsText({ packed })}`);
  if (!isFloat(packed.dtype) || (mask !== undefined && mask.dtype !== packed.dtype))
    throw new TypeError(`${who}: needs one floating-point dtype, got packed ${packed.dtype}, mask ${mask?.dtype}`);
  const wanted = [...attrs.batch, attrs.queries, attrs.keys];
  if (mask !== undefined && !sameShape(mask.shape, wanted))
    throw new RangeError(`${who}: mask must be [${wanted.join(", ")}] ${operandsText({ mask })}`);
  return packed;
}
