import { noGrad } from "@dl/autograd";
import type { Module } from "@dl/layers";
import { argmax, ne, norm, pad, scope, type Tensor } from "@dl/tensor";
import { pictures } from "../../digits.ts";

/** One pixel to the right; what stood at the edge is background. */
const shifted = (x: Tensor): Tensor => pad(x, [1, -1, 0, 0]);

/**
 * `‖f(moved) − f(x)‖ / ‖f(x) − mean‖` over all features of all images, with the mean of each feature map: what a map says
 * of every picture at every place alike is no feature.
 */
export function featureChange(features: Module, x: Tensor): Promise<number> {
  const ratio = scope(() =>
    noGrad(() => {
      const before = features.forward(x);
      const centred = before.sub(before.mean({ dim: [0, 2, 3], keepdim: true }));
      return norm(features.forward(shifted(x)).sub(before)).div(norm(centred));
    }),
  );
  return ratio.itemAsync();
}

/** The share of images whose class is another after the move. */
export async function flipped(model: Module, images: Tensor): Promise<number> {
  const step = 1000;
  const count = images.shape[0] as number;
  let changed = 0;
  model.eval();
  for (let from = 0; from < count; from += step) {
    const differing = scope(() =>
      noGrad(() => {
        const x = pictures(images.at(`${from}:${from + step}`));
        const read = (x: Tensor): Tensor => argmax(model.forward(x), { dim: 1 });
        return ne(read(x), read(shifted(x))).sum();
      }),
    );
    changed += await differing.itemAsync();
  }
  return changed / count;
}
