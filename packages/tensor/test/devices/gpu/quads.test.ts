import {
  add,
  add_,
  type Device,
  full,
  gt,
  mul,
  ones,
  randint,
  randn,
  silu,
  sub,
  type Tensor,
  updateAll_,
  updates,
  useDevice,
  zeros,
} from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";
import { expectSame } from "./compare.ts";

const info = await adapterForTests();

/** Elements that are read in quads, and more than one round of them. */
const many = 2 ** 16 + 8;

describe.skipIf(!info.available)(`many elements on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
    await useDevice("cpu");
  });

  const compute = (x: Tensor, y: Tensor): Record<string, Tensor> => ({
    sum: add(x, y),
    number: sub(mul(x, 2), 1),
    truth: gt(x, y),
    smooth: silu(x.to("float32")),
  });

  test.each([many, many + 2, many + 3])("%d floats and integers", async (size) => {
    await expectSame(device, [randn([size]), randn([size])], compute);
    const whole = (): Tensor => randint(-100, 100, [size], { dtype: "int32" });
    await expectSame(device, [whole(), whole()], compute);
    await expectSame(device, [whole(), randn([size])], compute);
  });

  test.each(["1:", "4:", ":-1", ":-4"])("a part of them: %s", async (part) => {
    await expectSame(device, [randn([many]), randn([many])], (x, y) => compute(x.at(part), y.at(part)));
  });

  test("over themselves, and over their neighbours", async () => {
    await expectSame(device, [randn([many]), randn([many])], (x, y) => {
      const [own, part, shifted] = [x.clone(), x.clone(), x.clone()];
      add_(own, y);
      add_(part.at("4:"), y.at(":-4"));
      add_(shifted.at("4:"), shifted.at(":-4"));
      return { own, part, shifted };
    });
  });

  test("in several formulas at once", async () => {
    const turn = updates("turn", ["x", "y"], [], ["c * x - y", "x + c * y"], ["c"]);
    await expectSame(device, [randn([many]), randn([many])], (x, y) => {
      const [first, second] = [x.clone(), y.clone()];
      updateAll_([first, second], turn, [first, second], { c: 0.5 });
      updateAll_([first.at("1:"), second.at("1:")], turn, [first.at("1:"), y.at("1:")], { c: 2 });
      return { first, second };
    });
  });

  test.each([0, 3, many, many + 1])("%d alike, made there", async (size) => {
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, -0.5, -0];
    expect(await zeros([size], { device }).read()).toEqual(zeros([size]).toArray());
    expect(await ones([size], { device, dtype: "int32" }).read()).toEqual(ones([size], { dtype: "int32" }).toArray());
    expect(await full([size], true, { device }).read()).toEqual(full([size], true).toArray());
    expect(await full([size], -1, { device, dtype: "uint8" }).read()).toEqual(new Uint8Array(size).fill(255));
    for (const value of numbers)
      expect(await full([size], value, { device }).read()).toEqual(full([size], value).toArray());
  });

  test("a number that does not fit is refused", () => {
    expect(() => full([2], 2 ** 31, { device, dtype: "int32" })).toThrow(/does not fit int32/);
    expect(() => zeros([2], { device, dtype: "float64" })).toThrow(/no float64/);
  });
});
