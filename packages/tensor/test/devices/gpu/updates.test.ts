import { type Device, randn, type Tensor, tensor, updateAll_, updates, useDevice } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";
import { expectSame } from "./compare.ts";

const info = await adapterForTests();

const turn = updates("turn", ["x", "y"], ["let r = c * x"], ["r - s * y", "erf(r + s * y)"], ["c", "s"]);
const params = { c: 0.6, s: 0.8 };

describe.skipIf(!info.available)(`several formulas in one pass on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
    await useDevice("cpu");
  });

  test("write over their own inputs", async () => {
    await expectSame(device, [randn([3, 50]), randn([3, 50])], (x, y) => {
      const [first, second] = [x.clone(), y.clone()];
      updateAll_([first, second], turn, [first, second], params);
      return { first, second };
    });
  });

  test("write to other places, also parts of a tensor", async () => {
    await expectSame(device, [randn([4, 50]), randn([2, 50])], (x, y) => {
      const [first, second] = [x.clone(), y.clone()];
      updateAll_([first.at("1:3"), second], turn, [y, first.at("1:3")], params);
      return { first, second };
    });
  });

  test("go one by one where elements lie apart", async () => {
    await expectSame(device, [randn([3, 5]), randn([5, 3])], (x, y) => {
      const [first, second] = [x.clone(), y.clone()];
      updateAll_([first, second.transpose()], turn, [first, first], params);
      updateAll_([first.at(0), first.at(1)], turn, [first.at(1), first.at(0)], params);
      return { first, second };
    });
  });

  test("take one call", async () => {
    const passes: string[] = [];
    const [x, y] = [tensor([1, 2], { device }), tensor([3, 4], { device })];
    const run = device.run.bind(device);
    device.run = (op, ...rest) => {
      passes.push(op.name);
      run(op, ...rest);
    };
    updateAll_([x, y], turn, [x, y], params);
    device.run = run;
    expect(passes).toEqual([]);
    expect((await (x as Tensor).read())[0]).toBeCloseTo(0.6 - 2.4, 6);
  });
});
