import { ones, type Tensor, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { BatchNorm1d, Conv2d, Dropout, Linear, Module, ModuleList, Parameter, ReLU, Sequential } from "../src/index.ts";

class Net extends Module {
  readonly fc1 = new Linear(3, 2);
  readonly normLayer = new BatchNorm1d(2);
  readonly heads = [new Linear(2, 1), new Linear(2, 1)];
  readonly scaleFactor = new Parameter(ones([1]));
  readonly offset = zeros([1]);

  override forward(x: Tensor): Tensor {
    return this.heads.reduce((y, head) => head.forward(y).expand([2, 2]), this.normLayer.forward(this.fc1.forward(x)));
  }
}

const names = [
  "scale_factor",
  "fc1.weight",
  "fc1.bias",
  "norm_layer.weight",
  "norm_layer.bias",
  "heads.0.weight",
  "heads.0.bias",
  "heads.1.weight",
  "heads.1.bias",
];

describe("Module", () => {
  test("finds parameters, buffers and modules in its fields and in arrays of them", () => {
    const net = new Net();
    expect(net.namedParameters().map(([name]) => name)).toEqual(names);
    expect(net.namedBuffers().map(([name]) => name)).toEqual([
      "offset",
      "norm_layer.running_mean",
      "norm_layer.running_var",
      "norm_layer.num_batches_tracked",
    ]);
    expect(net.namedModules().map(([name]) => name)).toEqual(["", "fc1", "norm_layer", "heads.0", "heads.1"]);
    expect(net.parameters().every((parameter) => parameter.requiresGrad && parameter.isLeaf)).toBe(true);
  });

  test("counts shared parameters and modules once, and names them twice in its state", () => {
    class Tied extends Module {
      readonly a = new Linear(2, 2, { bias: false });
      readonly b = this.a;
      readonly c = this.a.weight;
      override forward(x: Tensor): Tensor {
        return this.b.forward(this.a.forward(x));
      }
    }
    const tied = new Tied();
    expect(tied.parameters()).toEqual([tied.a.weight]);
    expect(Object.keys(tied.stateDict()).sort()).toEqual(["a.weight", "b.weight", "c"]);
    tied.to({ dtype: "float64" });
    expect(tied.c).toBe(tied.a.weight);
    expect(tied.c.dtype).toBe("float64");
  });

  test("train and eval reach every module", () => {
    const net = new Sequential(new Dropout(), new Sequential(new Dropout()));
    expect(net.eval()).toBe(net);
    expect(net.modules().some((module) => module.training)).toBe(false);
    net.train();
    expect(net.modules().every((module) => module.training)).toBe(true);
  });

  test("freeze stops gradients, and starts them again", () => {
    const net = new Sequential(new Linear(2, 3), new Linear(3, 1));
    (net.layers[0] as Linear).freeze();
    net
      .forward(ones([1, 2]))
      .sum()
      .backward();
    expect(net.parameters().map((parameter) => parameter.grad?.shape)).toEqual([undefined, undefined, [1, 3], [1]]);
    net.zeroGrad();
    net.freeze(false);
    net
      .forward(ones([1, 2]))
      .sum()
      .backward();
    expect(net.parameters().every((parameter) => parameter.grad !== undefined)).toBe(true);
  });

  test("to changes the dtype of floats, and keeps what is frozen frozen", () => {
    const net = new Sequential(new Linear(2, 2), new BatchNorm1d(2)).freeze();
    const same = net.parameters();
    expect(net.to({ dtype: "float32" }).parameters()).toEqual(same);
    net.to({ dtype: "float64" });
    const dtypes = Object.entries(net.stateDict()).map(([key, value]) => `${key} ${value.dtype}`);
    expect(dtypes).toEqual([
      "0.weight float64",
      "0.bias float64",
      "1.weight float64",
      "1.bias float64",
      "1.running_mean float64",
      "1.running_var float64",
      "1.num_batches_tracked int32",
    ]);
    expect(net.parameters().some((parameter) => parameter.requiresGrad)).toBe(false);
  });

  test("apply goes from the leaves to the root", () => {
    const seen: string[] = [];
    new Sequential(new Linear(1, 1), new ReLU()).apply((module) => seen.push(module.constructor.name));
    expect(seen).toEqual(["Linear", "ReLU", "Sequential"]);
  });

  test("prints itself like PyTorch", () => {
    const net = new Sequential(
      new Conv2d(1, 8, [3, 1], { padding: [1, 0], bias: false }),
      new Sequential(new ReLU(), new Dropout({ p: 0.2 })),
    );
    expect(`${net}`).toBe(
      [
        "Sequential(",
        "  (0): Conv2d(1, 8, [3, 1], padding=[1, 0], bias=false)",
        "  (1): Sequential(",
        "    (0): ReLU()",
        "    (1): Dropout(p=0.2)",
        "  )",
        ")",
      ].join("\n"),
    );
  });
});

describe("ModuleList", () => {
  test("holds modules by position", () => {
    const list = new ModuleList([new Linear(1, 2)]).push(new Linear(2, 3));
    expect(list.length).toBe(2);
    expect(list.at(-1).outFeatures).toBe(3);
    expect([...list].map((layer) => layer.inFeatures)).toEqual([1, 2]);
    expect(Object.keys(list.stateDict())).toEqual(["0.weight", "0.bias", "1.weight", "1.bias"]);
    expect(`${list}`).toBe("ModuleList(\n  (0): Linear(1, 2)\n  (1): Linear(2, 3)\n)");
  });

  test("says what it cannot do", () => {
    const list = new ModuleList([new ReLU()]);
    expect(() => list.at(1)).toThrow("ModuleList: no module 1 among 1");
    expect(() => list.forward()).toThrow("ModuleList: has no forward: call its modules one by one, or use Sequential");
  });
});

describe("Sequential", () => {
  test("gives each module the output of the one before", () => {
    const net = new Sequential(new Linear(3, 2), new ReLU());
    net.loadStateDict({
      "0.weight": tensor([
        [1, 0, 0],
        [0, -1, 0],
      ]),
      "0.bias": tensor([0, 0]),
    });
    expect(net.forward(tensor([[5, 6, 7]])).tolist()).toEqual([[5, 0]]);
    expect(new Sequential().forward(ones([2])).tolist()).toEqual([1, 1]);
  });

  test("applies a visit once to a module in two places", () => {
    const shared = new Linear(2, 2);
    const visited: unknown[] = [];
    const net = new Sequential(shared, new ReLU(), shared).apply((module) => visited.push(module));
    expect(visited.filter((module) => module === shared).length).toBe(1);
    expect(visited.at(-1)).toBe(net);
  });
});
