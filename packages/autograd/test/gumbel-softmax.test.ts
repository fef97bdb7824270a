import { gumbelSoftmax, manualSeed, mul, sum, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { requiresGrad_ } from "../src/index.ts";

test("hard values of gumbelSoftmax have the gradient of the soft ones", () => {
  const weight = tensor([1, 2, 3]);
  const gradients = [false, true].map((hard) => {
    manualSeed(3);
    const logits = requiresGrad_(tensor([0.5, -1, 2]));
    sum(mul(gumbelSoftmax(logits, { hard, tau: 2 }), weight)).backward();
    return logits.grad?.tolist();
  });
  expect(gradients[1]).toEqual(gradients[0]);
  expect(gradients[0]).not.toEqual([0, 0, 0]);
});
