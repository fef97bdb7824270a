import { ones, type Tensor } from "@dl/tensor";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  BatchNorm1d,
  Conv2d,
  Dropout,
  Flatten,
  GLU,
  Identity,
  LayerNorm,
  Linear,
  Module,
  ModuleList,
  ReLU,
  Sequential,
  Softmax,
} from "../src/index.ts";
import type { Fitting } from "../src/widths.ts";

class Half extends Module {
  override forward(x: Tensor): Tensor {
    return x.at("...", ":2");
  }
}

describe("Sequential does not compile where widths differ", () => {
  test("of neighbours", () => {
    // @ts-expect-error -- takes 64 features, but gets 128
    const net = new Sequential(new Linear(784, 128), new Linear(64, 10));
    expect(() => net.forward(ones([1, 784]))).toThrow(
      "Linear(64, 10): needs 64 numbers in the last dimension, got 128",
    );
  });

  test("before and after modules that keep the shape", () => {
    // @ts-expect-error -- takes 64 features, but gets 128
    expect(new Sequential(new Linear(784, 128), new ReLU(), new Linear(64, 10)).layers).toHaveLength(3);
    const between = [
      new BatchNorm1d(2),
      new Dropout(),
      new LayerNorm(2),
      new Softmax({ dim: 1 }),
      new Identity(),
    ] as const;
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Linear(1, 2), ...between, new Linear(3, 4)).layers).toHaveLength(7);
  });

  test("at the borders of another Sequential, and inside it", () => {
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Sequential(new Linear(1, 2), new ReLU()), new Linear(3, 4)).layers).toHaveLength(2);
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Linear(1, 2), new Sequential(new ReLU(), new Linear(3, 4))).layers).toHaveLength(2);
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Sequential(new Linear(1, 2), new Linear(3, 4)), new ReLU()).layers).toHaveLength(2);
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Linear(1, 2), new Sequential(new ReLU()), new Linear(3, 4)).layers).toHaveLength(3);
  });

  test("further on, after a module of unknown width", () => {
    // @ts-expect-error -- takes 3 features, but gets 2
    expect(new Sequential(new Flatten(), new Linear(9, 2), new ReLU(), new Linear(3, 4)).layers).toHaveLength(4);
  });

  test("and says which ones, in the place of the layer", () => {
    expectTypeOf<Fitting<[Linear<784, 128>, ReLU, Linear<64, 10>, Linear<5, 1>]>>().toEqualTypeOf<
      [Linear<784, 128>, ReLU, "takes 64 features, but gets 128", "takes 5 features, but gets 10"]
    >();
  });

  test("and takes modules only", () => {
    // @ts-expect-error -- an array is no module
    expect(() => new Sequential([new Linear(1, 2)])).toThrow("Sequential: argument 0 is no module");
  });
});

describe("Sequential compiles", () => {
  const size: number = 5;

  test("where widths fit", () => {
    const net = new Sequential(new Linear(1, 2), new ReLU(), new Sequential(new Linear(2, 3)), new Linear(3, 4));
    expect(net.forward(ones([1, 1])).shape).toEqual([1, 4]);
    expect(new Sequential().forward(ones([1])).shape).toEqual([1]);
    expect(new Sequential(new Linear(1, size), new Linear(size, 2)).forward(ones([1])).shape).toEqual([2]);
  });

  test("where one of several widths fits", () => {
    const wide = size > 4;
    const first = new Linear(1, wide ? 4 : 2);
    expect(new Sequential(first, new ReLU(), new Linear(wide ? 4 : 2, 3)).forward(ones([1])).shape).toEqual([3]);
    expect(new Sequential(first, wide ? new ReLU() : new Flatten(), new Linear(4, 3)).layers).toHaveLength(3);
  });

  test("around modules of unknown width", () => {
    const net = new Sequential(new Conv2d(1, 2, 3), new ReLU(), new Flatten(), new Linear(2 * 4 * 4, 3));
    expect(net.forward(ones([1, 1, 6, 6])).shape).toEqual([1, 3]);
    expect(new Sequential(new Linear(1, 4), new GLU(), new Linear(2, 1)).forward(ones([1])).shape).toEqual([1]);
    expect(new Sequential(new Linear(1, 4), new Half(), new Linear(2, 1)).forward(ones([1])).shape).toEqual([1]);
    expect(new Sequential(new Linear(1, 4), new Sequential(new Half()), new Linear(2, 1)).layers).toHaveLength(3);
  });

  test("with lists of modules", () => {
    const hidden = [2, 3].flatMap((width) => [new Linear(width, width + 1), new ReLU()]);
    expect(new Sequential(new Linear(1, 2), ...hidden, new Linear(4, 1)).forward(ones([1])).shape).toEqual([1]);
    const drawn: Linear[] = [new Linear(1, 2), new Linear(2, 3)];
    expect(new Sequential(...drawn).forward(ones([1])).shape).toEqual([3]);
    expect(new Sequential(...drawn.slice(1), new Linear(3, 1)).forward(ones([2])).shape).toEqual([1]);
  });

  test("in the place of others, whatever the widths", () => {
    let net = new Sequential(new Linear(1, 2));
    net = new Sequential(new Linear(3, 4), new ReLU());
    const plain: Sequential = net;
    const fields = { head: new Linear(3, 1000) };
    fields.head = new Linear(3, 10);
    const list = new ModuleList([fields.head]).push(new Linear(5, 6));
    const byName = new Map([
      ["linear", new Sequential(new Linear(1, 2))],
      ["relu", new Sequential(new Linear(3, 4), new ReLU())],
    ]);
    expect([plain.layers.length, list.length, byName.size]).toEqual([2, 2, 2]);
  });
});
