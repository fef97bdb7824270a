import { expect, test } from "vitest";
import { fastest } from "../src/stopwatch.ts";

test("fastest calls as often as told, one call after another", async () => {
  const order: string[] = [];
  const best = await fastest(2, async () => {
    order.push("begins");
    await Promise.resolve();
    order.push("ends");
  });
  expect(order).toEqual(["begins", "ends", "begins", "ends"]);
  expect(best).toBeGreaterThanOrEqual(0);
});
