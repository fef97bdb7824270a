import { ReLU } from "@dl/layers";
import { manualSeed } from "@dl/tensor";
import { expect, test } from "vitest";
import { denseNet, spreads } from "../src/nets.ts";

test("denseNet puts an activation between all layers but after the last; weights spread as told, biases 0", async () => {
  manualSeed(0);
  const net = denseNet([200, 100, 3], spreads.he, (width) => (width === 100 ? [new ReLU()] : []));
  expect(net.layers.map(String)).toEqual(["Linear(200, 100)", "ReLU()", "Linear(100, 3)"]);
  const { "0.weight": weight, "0.bias": bias } = net.stateDict();
  const spread = await weight?.square().mean().sqrt().itemAsync();
  expect(spread).toBeCloseTo(0.1, 2);
  expect(await bias?.abs().sum().itemAsync()).toBe(0);
});
