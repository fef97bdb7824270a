import { gradcheck } from "@dl/autograd/testing";
import { conv2d, Generator, ones, pad, randn, type Tensor, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { GATConv, GCNConv, SAGEConv } from "../src/index.ts";

const generator = new Generator(5);
const floats = (...shape: number[]): Tensor => randn(shape, { generator });

const edgeIndex = (edges: readonly (readonly [number, number])[]): Tensor =>
  tensor([edges.map(([from]) => from), edges.map(([, to]) => to)], { dtype: "int32" });

/** A torus of pixels: an edge to every pixel from each of the 3 x 3 around it, and which of them it is. */
function torus(height: number, width: number): { edges: [number, number][]; places: number[] } {
  const edges: [number, number][] = [];
  const places: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let place = 0; place < 9; place++) {
        const [fromY, fromX] = [y + Math.floor(place / 3) - 1, x + (place % 3) - 1];
        edges.push([((fromY + height) % height) * width + ((fromX + width) % width), y * width + x]);
        places.push(place);
      }
    }
  }
  return { edges, places };
}

const complete = (nodes: number): [number, number][] =>
  Array.from({ length: nodes * nodes }, (_, k): [number, number] => [Math.floor(k / nodes), k % nodes]).filter(
    ([from, to]) => from !== to,
  );

function expectClose(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [actual.detach().toArray(), expected.detach().toArray()];
  for (let i = 0; i < b.length; i++) expect(a[i]).toBeCloseTo(b[i] as number, 5);
}

describe("GCNConv", () => {
  test("on a grid is a convolution", () => {
    const [height, width, inChannels, outChannels] = [4, 5, 3, 2];
    const image = floats(1, inChannels, height, width);
    const nodes = image.reshape([inChannels, height * width]).transpose(0, 1);
    const { edges, places } = torus(height, width);
    const kernel = floats(9).detach().toArray();
    const weights = tensor(places.map((place) => kernel[place] as number));
    const layer = new GCNConv(inChannels, outChannels, { normalize: false, generator });
    const y = layer.forward(nodes, edgeIndex(edges), weights);
    const filter = layer.lin.weight
      .reshape([outChannels, inChannels, 1, 1])
      .mul(tensor(kernel, { shape: [1, 1, 3, 3] }));
    const wanted = conv2d(pad(image, [1, 1, 1, 1], { mode: "circular" }), filter);
    expectClose(y, wanted.reshape([outChannels, height * width]).transpose(0, 1));
  });

  test("normalised, on a grid, is a convolution with a mean filter", () => {
    const image = floats(1, 1, 4, 4);
    const { edges } = torus(4, 4);
    const layer = new GCNConv(1, 1, { generator });
    const y = layer.forward(image.reshape([16, 1]), edgeIndex(edges));
    const filter = ones([1, 1, 3, 3]).mul(layer.lin.weight.item() / 9);
    expectClose(y, conv2d(pad(image, [1, 1, 1, 1], { mode: "circular" }), filter).reshape([16, 1]));
  });

  test("on a complete graph is uniform attention", () => {
    const x = floats(6, 3);
    const layer = new GCNConv(3, 4, { generator });
    const mean = layer.lin.forward(x).mean({ dim: 0, keepdim: true }).expand([6, 4]);
    expectClose(layer.forward(x, edgeIndex(complete(6))), mean);
    const attention = new GATConv(3, 4, { generator });
    attention.lin.weight.detach().copy_(layer.lin.weight.detach());
    attention.attSrc.detach().zero_();
    attention.attDst.detach().zero_();
    expectClose(attention.forward(x, edgeIndex(complete(6))), mean);
  });

  test("is D^-1/2 (A + I) D^-1/2 x W^T + b", () => {
    // a path 0 - 1 - 2 with a loop at 2, which stays the only one there
    const edges = edgeIndex([
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    const layer = new GCNConv(1, 1, { generator });
    layer.lin.weight.detach().fill_(1);
    layer.bias?.detach().fill_(10);
    const y = layer.forward(tensor([[1], [2], [4]]), edges);
    const s = 1 / Math.sqrt(6);
    expectClose(y, tensor([[10 + 1 / 2 + 2 * s], [10 + s + 2 / 3 + 4 * s], [10 + 2 * s + 2]]));
    const improved = new GCNConv(1, 1, { improved: true, bias: false });
    improved.lin.weight.detach().fill_(1);
    expectClose(improved.forward(tensor([[3]]), zeros([2, 0], { dtype: "int32" })), tensor([[3]]));
  });
});

describe("GATConv", () => {
  test("attends as its formula says", () => {
    const layer = new GATConv(2, 1, { generator });
    layer.lin.weight.detach().copy_(tensor([[1, 0]]));
    layer.attSrc.detach().fill_(1);
    layer.attDst.detach().fill_(-2);
    const y = layer.forward(
      tensor([
        [1, 9],
        [3, 9],
      ]),
      edgeIndex([
        [0, 1],
        [1, 1],
      ]),
    );
    const scores = [1 - 6, 3 - 6].map((score) => Math.exp(0.2 * score)) as [number, number];
    expectClose(y, tensor([[1], [(scores[0] + 3 * scores[1]) / (scores[0] + scores[1])]]));
  });

  test("puts heads side by side, or takes their mean", () => {
    const edges = edgeIndex(complete(3));
    const side = new GATConv(2, 2, { heads: 2, generator });
    const mean = new GATConv(2, 2, { heads: 2, concat: false, generator });
    mean.loadStateDict({ ...side.stateDict(), bias: zeros([2]) });
    const x = floats(3, 2);
    const heads = side.forward(x, edges).reshape([3, 2, 2]);
    expectClose(mean.forward(x, edges), heads.mean({ dim: 1 }));
    expect(Object.keys(side.stateDict())).toEqual(["att_src", "att_dst", "bias", "lin.weight"]);
  });
});

test("SAGEConv combines neighbours and the node itself", () => {
  const edges = edgeIndex([
    [0, 2],
    [1, 2],
  ]);
  const x = tensor([[1], [4], [7]]);
  for (const [aggr, heard] of [
    ["mean", 2.5],
    ["max", 4],
    ["sum", 5],
  ] as const) {
    const layer = new SAGEConv(1, 1, { aggr, bias: false, generator });
    layer.linL.weight.detach().fill_(10);
    layer.linR?.weight.detach().fill_(1);
    expectClose(layer.forward(x, edges), tensor([[1], [4], [10 * heard + 7]]));
  }
  const unit = new SAGEConv(1, 3, { normalize: true, rootWeight: false, generator });
  const squares = unit.forward(x, edges).square().sum({ dim: 1 });
  expectClose(squares, ones([3]));
});

test("gradients equal numerical ones", () => {
  const x = randn([4, 2], { dtype: "float64", generator });
  const weights = tensor([0.5, 1.5, 2, 1, 0.7], { dtype: "float64" });
  const edges = edgeIndex([
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 3],
    [2, 1],
  ]);
  const gcn = new GCNConv(2, 3, { generator }).to({ dtype: "float64" });
  gradcheck((nodes, edgeWeights) => gcn.forward(nodes, edges, edgeWeights), [x, weights], { second: true });
  const gat = new GATConv(2, 3, { heads: 2, generator }).to({ dtype: "float64" });
  gradcheck((nodes) => gat.forward(nodes, edges), [x], { second: true });
  const sage = new SAGEConv(2, 3, { generator }).to({ dtype: "float64" });
  gradcheck((nodes) => sage.forward(nodes, edges), [x], { second: true });
});

test("say what is wrong", () => {
  const edges = edgeIndex([[0, 1]]);
  expect(() => new GCNConv(3, 2).forward(ones([2, 4]), edges)).toThrow(
    "GCNConv(3, 2): x must be [nodes, 3] (x [2, 4], edgeIndex [2, 1])",
  );
  expect(() => new GATConv(3, 2).forward(ones([2, 3]), ones([2, 1]))).toThrow(
    'GATConv(3, 2): edgeIndex must be int32, got float32: convert with .to("int32")',
  );
  expect(() => new SAGEConv(3, 2).forward(ones([2, 3]), ones([3, 1], { dtype: "int32" }))).toThrow(
    "SAGEConv(3, 2): edgeIndex must be [2, edges] (x [2, 3], edgeIndex [3, 1])",
  );
  expect(() => new GCNConv(3, 2).forward(ones([2, 3]), edges, ones([2]))).toThrow(
    "GCNConv(3, 2): edgeWeight needs one number for each edge (edgeIndex [2, 1], edgeWeight [2])",
  );
  expect(() => new SAGEConv(3, 2).forward(ones([2, 3]), edgeIndex([[0, 2]]))).toThrow(
    "SAGEConv(3, 2): index 2 is out of range for dim 0 of size 2",
  );
  expect(() => new SAGEConv(3, 2, { aggr: "min" as "max" })).toThrow(
    "SAGEConv: aggr must be mean, max or sum: got min",
  );
});
