import * as dl from "@dl/tensor";
import { beforeEach, describe, expect, test } from "vitest";

/** What plain JavaScript may pass where the types forbid it. */
const wrong = (value: unknown): never => value as never;
const x = (): dl.Tensor => dl.tensor([1, 2]);

describe.each(["cpu", "wasm"] as const)("what is no tensor, on %s", (device) => {
  beforeEach(() => void dl.useDevice(device));

  test.each<[string, () => unknown]>([
    ['add: y must be a tensor, got "1"', () => dl.add(x(), wrong("1"))],
    ['add: an operand must be a tensor, got "1"', () => dl.add(wrong("1"), x())],
    ['sub: an operand must be a tensor, got "1"', () => dl.sub(2, wrong("1"))],
    ["mul: y must be a tensor, got undefined", () => dl.mul(x(), wrong(undefined))],
    ["mul: an operand must be a tensor, got null", () => dl.mul(wrong(null), 2)],
    ["eq: y must be a tensor, got true", () => dl.eq(x(), wrong(true))],
    ["div: y must be a tensor, got an array: make it one with tensor(...)", () => dl.div(x(), wrong([1]))],
    ["relu: x must be a tensor, got 5", () => dl.relu(wrong(5))],
    ["matmul: y must be a tensor, got 5", () => x().matmul(wrong(5))],
    ["cat: tensor 1 must be a tensor, got 5", () => dl.cat([x(), wrong(5)])],
    ["copy_: source must be a tensor, got 5", () => x().copy_(wrong(5))],
    ["at: undefined is no index (x [2])", () => x().at(wrong(undefined))],
  ])("%s", (sentence, call) => {
    expect(call).toThrow(new TypeError(sentence));
  });

  test("nothing changes before the error", () => {
    const y = x();
    expect(() => y.add_(wrong("1"))).toThrow("add: y must be a tensor");
    expect(y.tolist()).toEqual([1, 2]);
    expect(y.storage.version).toBe(0);
  });

  test("an integer or a float is not stored as bool", () => {
    const truth = dl.tensor([true, false]);
    expect(() => truth.add_(1)).toThrow("add_: a int32 result cannot be stored in a bool tensor");
    expect(truth.tolist()).toEqual([true, false]);
    expect(
      dl
        .tensor([250], { dtype: "uint8" })
        .add_(dl.tensor([10], { dtype: "int32" }))
        .tolist(),
    ).toEqual([4]);
  });

  test("a value out of range is not stored", () => {
    expect(() => dl.full([1], 1e10, { dtype: "int32" })).toThrow(
      "tensor: the value is 10000000000, which does not fit",
    );
    const y = dl.zeros([1], { dtype: "int32" });
    expect(() => y.fill_(Number.NaN)).toThrow("tensor: the value is NaN, which does not fit int32");
  });

  test("the smallest int32 keeps an integer tensor one", () => {
    const sum = dl.tensor([1], { dtype: "int32" }).add(-(2 ** 31));
    expect([sum.dtype, sum.item()]).toEqual(["int32", 1 - 2 ** 31]);
  });

  test("only one size is left open", () => {
    expect(() => dl.zeros([4]).reshape([-1, -1])).toThrow("reshape: only one size may be -1: got [-1, -1]");
  });

  test("what does not fit in memory says how much it is", () => {
    expect(() => dl.zeros([1e6, 1e6])).toThrow(/^memory: .*4000000000000 bytes/);
    expect(dl.ones([2]).add(1).tolist()).toEqual([2, 2]);
  });
});

test("more bytes than 32 bits count are refused, not wrapped", () => {
  dl.useDevice("wasm");
  const repeated = dl.ones([1]).expand([2 ** 16, 2 ** 14 + 1]);
  expect(() => repeated.add(1)).toThrow("memory: 4295229440 bytes do not fit");
});

test.each([new BigInt64Array(2), new Int16Array([1, -2]), new Uint8ClampedArray(1)])("no dtype for %s", (data) => {
  expect(() => dl.tensor(wrong(data))).toThrow(
    `tensor: takes Float32Array, Float64Array, Int32Array, Uint8Array, got ${data.constructor.name}`,
  );
});

describe("devices", () => {
  const there = (): dl.Tensor => dl.tensor([5, 6]).to("cpu");

  test("a device by a name that none has", () => {
    const before = dl.currentDevice();
    expect(() => dl.useDevice(wrong("tpu"))).toThrow(
      'useDevice: a device is "cpu", "wasm" or one that was started, got tpu',
    );
    expect(dl.currentDevice()).toBe(before);
    expect(() => dl.zeros([1], { device: wrong("tpu") })).toThrow("zeros: a device is");
    expect(dl.zeros([1], { device: "cpu" }).device.name).toBe("cpu");
  });

  test("copy_ takes elements from another device", () => {
    dl.useDevice("wasm");
    expect(x().copy_(there()).tolist()).toEqual([5, 6]);
    expect(dl.zeros([2, 2]).copy_(there()).tolist()).toEqual([
      [5, 6],
      [5, 6],
    ]);
    dl.useDevice("cpu");
    expect(x().copy_(there().to("wasm")).tolist()).toEqual([5, 6]);
  });

  test("operands on different devices are named, numbers left out", () => {
    dl.useDevice("wasm");
    expect(() => dl.cat([x(), there()])).toThrow("(tensors[0] on wasm, tensors[1] on cpu)");
    expect(() => dl.addcmul(2, x(), there())).toThrow("(y on wasm, z on cpu)");
    expect(() => dl.inPlace("mine_", x(), () => there())).toThrow(
      "mine_: a result on cpu cannot be stored in a tensor on wasm: move it with .to(device)",
    );
  });
});
