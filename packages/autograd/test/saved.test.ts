import { randn, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { requiresGrad_, savedTensors } from "../src/index.ts";

test("tells what backward needs: outputs where the rule is written in them, inputs where it is not", () => {
  const x = requiresGrad_(tensor([[1, 2]]));
  const w = requiresGrad_(tensor([[3], [-4]]));
  const h = x.matmul(w);
  const y = h.relu();
  const kept = savedTensors([y.sum()]).map(({ storage }) => storage);
  expect(new Set(kept)).toEqual(new Set([x.storage, w.storage, y.storage]));
  expect(kept).toHaveLength(3);
});

test("memory that several steps or several results keep comes once, views too", () => {
  const x = requiresGrad_(randn([4]));
  const e = x.exp();
  const results = [e.mul(e).sum(), e.reshape([2, 2]).square().sum()];
  expect(savedTensors(results).map(({ storage }) => storage)).toEqual([e.storage]);
});

test("nothing where nothing is recorded, or after backward", () => {
  expect(savedTensors([tensor([1]).exp()])).toEqual([]);
  const loss = requiresGrad_(tensor([1]))
    .exp()
    .sum();
  loss.backward();
  expect(savedTensors([loss])).toEqual([]);
});
