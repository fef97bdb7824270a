import { grad, noGrad, requiresGrad_ } from "@dl/autograd";
import { ones, type Tensor, tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import {
  type AnyModule,
  Linear,
  Module,
  ReLU,
  registerForwardHook,
  registerForwardPreHook,
  registerFullBackwardHook,
  Sequential,
} from "../src/index.ts";

/** The list and the sum of two tensors. */
class Two extends Module<[x: Tensor, y: Tensor], { sum: Tensor; parts: readonly Tensor[] }> {
  override forward(x: Tensor, y: Tensor) {
    return { sum: x.add(y), parts: [x.mul(2), y] };
  }
}

describe("forward hooks", () => {
  test("see inputs and outputs inside a network, in the order they came", () => {
    const net = new Sequential(new Linear(2, 3), new ReLU());
    const seen: unknown[] = [];
    const first = net.layers[0] as Module;
    const removes = [
      registerForwardPreHook(first, (module, inputs) => void seen.push("before", module === first, inputs.length)),
      registerForwardHook(first, (_, [x], y) => void seen.push("after", x.shape, y.shape)),
      registerForwardHook(first, () => void seen.push("second")),
    ];
    net.forward(ones([4, 2]));
    expect(seen).toEqual(["before", true, 1, "after", [4, 2], [4, 3], "second"]);
    for (const remove of removes) remove();
    net.forward(ones([4, 2]));
    expect(seen).toHaveLength(7);
  });

  test("may replace inputs and outputs", () => {
    const relu = new ReLU();
    const removeBefore = registerForwardPreHook(relu, (_, [x]) => [x.neg()]);
    const removeAfter = registerForwardHook(relu, (_, __, y) => y.add(1));
    expect(relu.forward(tensor([-2, 3])).tolist()).toEqual([3, 1]);
    removeAfter();
    expect(relu.forward(tensor([-2, 3])).tolist()).toEqual([2, 0]);
    removeBefore();
    removeBefore();
    expect(relu.forward(tensor([-2, 3])).tolist()).toEqual([0, 3]);
  });

  test("leave no field behind, and none while they are there", () => {
    const layer = new Linear(2, 1);
    const before = Object.keys(layer);
    const remove = registerForwardHook(layer, () => undefined);
    expect(Object.keys(layer)).toEqual(before);
    expect(Object.keys(layer.stateDict())).toEqual(["weight", "bias"]);
    remove();
    expect(Object.hasOwn(layer, "forward")).toBe(false);
  });
});

describe("backward hooks", () => {
  test("see the gradients on both sides and may replace those of the inputs", () => {
    const layer = new Linear(2, 1);
    const x = requiresGrad_(tensor([[3, 4]]));
    const seen: unknown[] = [];
    const remove = registerFullBackwardHook(layer, (module, gradInput, gradOutput) => {
      seen.push(
        module === layer,
        gradInput.map((g) => g?.shape),
        gradOutput.map((g) => g?.tolist()),
      );
      return [gradInput[0]?.mul(2)];
    });
    layer.forward(x).mul(5).sum().backward();
    expect(seen).toEqual([true, [[1, 2]], [[[5]]]]);
    expect(x.grad?.tolist()).toEqual(layer.weight.mul(10).tolist());
    expect(layer.weight.grad?.tolist()).toEqual([[15, 20]]);
    remove();
    layer.forward(x).sum().backward();
    expect(seen).toHaveLength(3);
  });

  test("run for a first layer, whose inputs need no gradient, and not without one", () => {
    const layer = new Linear(2, 1);
    const seen: unknown[] = [];
    registerFullBackwardHook(layer, (_, gradInput, gradOutput) => void seen.push(gradInput, gradOutput[0]?.tolist()));
    layer
      .forward(ones([1, 2]))
      .sum()
      .backward();
    expect(seen).toEqual([[undefined], [[1]]]);
    noGrad(() => layer.forward(ones([1, 2])));
    expect(seen).toHaveLength(2);
  });

  test("see all tensors of several inputs and nested results at once", () => {
    const two = new Two();
    const [x, y] = [requiresGrad_(tensor([1, 2])), requiresGrad_(tensor([3, 4]))];
    const seen: unknown[] = [];
    registerFullBackwardHook(two, (_, gradInput, gradOutput) => {
      seen.push(...[gradInput, gradOutput].map((list) => list.map((g) => g?.tolist())));
      return [undefined, gradInput[1]?.mul(0)];
    });
    const { sum, parts } = two.forward(x, y);
    sum
      .mul(3)
      .add(parts[0] as Tensor)
      .sum()
      .backward();
    expect(seen).toEqual([
      [
        [5, 5],
        [3, 3],
      ],
      [
        [3, 3],
        [1, 1],
        [0, 0],
      ],
    ]);
    expect([x.grad?.tolist(), y.grad?.tolist()]).toEqual([
      [5, 5],
      [0, 0],
    ]);
  });

  test("run once where a gradient is differentiated, as PyTorch's do", () => {
    const square = new (class extends Module {
      override forward(x: Tensor): Tensor {
        return x.mul(x).mul(x);
      }
    })();
    registerFullBackwardHook(square as AnyModule, (_, [g]) => [g?.mul(2)]);
    const x = requiresGrad_(tensor([2]));
    const [first] = grad([square.forward(x).sum()], [x], { createGraph: true });
    expect(first?.tolist()).toEqual([24]);
    const [second] = first === undefined ? [] : grad([first.sum()], [x]);
    expect(second?.tolist()).toEqual([24]);
  });
});
