import { torch } from "js-pytorch";
import type { Build, Numbers } from "./peer.ts";
import { serve } from "./serve.ts";
import { engine, versionOf } from "./versions.ts";

type Tensor = InstanceType<typeof torch.Tensor>;
type Nested = number | Nested[];

const op = (compute: () => Tensor) => ({ run: compute, numbers: () => flat(compute().data) });

const trained = (values: Nested): Tensor => torch.tensor(values as Nested[], true);

const tensorOf = (numbers: Numbers): Tensor => torch.tensor(nested(numbers) as Nested[]);

/** Nested arrays of that shape. */
function nested({ data, shape }: Numbers): Nested {
  const build = (offset: number, [size = 1, ...rest]: readonly number[]): Nested[] => {
    if (rest.length === 0) return Array.from(data.subarray(offset, offset + size));
    const inner = rest.reduce((product, each) => product * each, 1);
    return Array.from({ length: size }, (_, i) => build(offset + i * inner, rest));
  };
  return build(0, shape);
}

const flat = (values: Nested): number[] => (typeof values === "number" ? [values] : values.flatMap(flat));

const product: Build = (data) => {
  const [x, y] = [tensorOf(data.input("x")), tensorOf(data.input("y"))];
  return op(() => torch.matmul(x, y));
};

const unary =
  (compute: (x: Tensor) => Tensor): Build =>
  (data) => {
    const x = tensorOf(data.input("x"));
    return op(() => compute(x));
  };

await serve({
  versions: `js-pytorch ${versionOf("js-pytorch")}, ${engine}`,
  threads: 1,
  cases: {
    "matmul-64": product,
    "matmul-128": product,
    "matmul-256": product,
    "matmul-512": product,
    "matmul-1024": product,
    "add-1m": (data) => {
      const [x, y] = [tensorOf(data.input("x")), tensorOf(data.input("y"))];
      return op(() => torch.add(x, y));
    },
    "relu-1m": unary((x) => new torch.nn.ReLU().forward(x)),
    "exp-1m": unary((x) => torch.exp(x)),
    softmax: unary((x) => new torch.nn.Softmax().forward(x, -1)),
    layernorm: (data) => {
      const layer = new torch.nn.LayerNorm(1000);
      layer.gamma = tensorOf(data.input("weight"));
      layer.beta = tensorOf(data.input("bias"));
      const x = tensorOf(data.input("x"));
      return op(() => layer.forward(x));
    },
    "mlp-64-adam": (data) => {
      const layers = ["0", "2", "4"].map((key) => {
        const weight = data.parameter(`${key}.weight`);
        const [to, from] = weight.shape as [number, number];
        const layer = new torch.nn.Linear(from, to);
        layer.W = trained(torch.transpose(tensorOf(weight), 0, 1).data);
        layer.b = trained(nested(data.parameter(`${key}.bias`)));
        return layer;
      });
      const [x, y] = [tensorOf(data.input("x")), torch.tensor([...data.labels().data])];
      const [relu, lossOf] = [new torch.nn.ReLU(), new torch.nn.CrossEntropyLoss()];
      const optimizer = new torch.optim.Adam(
        layers.flatMap(({ W, b }) => [W, b]),
        0.001,
        0,
        [0.9, 0.999],
        1e-8,
      );
      const step = (): void => {
        const output = layers.reduce((x, layer, i) => layer.forward(i === 0 ? x : relu.forward(x)), x);
        const loss = lossOf.forward(output, y);
        loss.backward();
        optimizer.step();
        optimizer.zero_grad();
      };
      return { run: step, numbers: "its Adam does not correct the bias of the averages" };
    },
  },
});
