import { expand, type Tensor, tensor } from "@dl/tensor";
import { attention, attentionGradient } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const plain = { batch: [2], queries: 3, keys: 4, width: 2, valueWidth: 3, isCausal: false };
const heads = { batch: [2, 2], queries: 4, keys: 3, width: 1, valueWidth: 2, isCausal: true };
const single = { batch: [], queries: 2, keys: 2, width: 2, valueWidth: 1, isCausal: false };

/** Hides a key from every query, of the second item alone. */
const mask = ({ dtype, device }: Tensor): Tensor => {
  const hidden = tensor([[[0, 0.5, -1, 2]], [[0, Number.NEGATIVE_INFINITY, 1, 0]]], { dtype, device });
  return expand(hidden, [2, 3, 4]);
};

export const attentions = {
  attention: [
    { inputs: shaped([2 * (3 * 2 + 4 * 2 + 4 * 3)]), call: (packed) => attention(packed, undefined, plain) },
    { inputs: shaped([2 * (3 * 2 + 4 * 2 + 4 * 3)]), call: (packed) => attention(packed, mask(packed), plain) },
    { inputs: shaped([4 * (4 + 3 + 3 * 2)]), call: (packed) => attention(packed, undefined, heads) },
    { inputs: shaped([2 * 2 + 2 * 2 + 2]), call: (packed) => attention(packed, undefined, single) },
  ],
  attentionGradient: [
    {
      inputs: shaped([2, 3, 3], [2 * (3 * 2 + 4 * 2 + 4 * 3)]),
      call: (g, packed) => attentionGradient(g, packed, undefined, plain),
    },
    {
      inputs: shaped([2, 3, 3], [2 * (3 * 2 + 4 * 2 + 4 * 3)]),
      call: (g, packed) => attentionGradient(g, packed, mask(packed), plain),
    },
    {
      inputs: shaped([2, 2, 4, 2], [4 * (4 + 3 + 3 * 2)]),
      call: (g, packed) => attentionGradient(g, packed, undefined, heads),
    },
  ],
} satisfies Record<string, OpCase[]>;
