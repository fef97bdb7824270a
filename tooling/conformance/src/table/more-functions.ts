import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { binaryRow, type Result, type Row, row, unaryRow } from "./row.ts";

const typed = { dtype: "dtype" } as const;

const created = (a: Args): dl.CreationOptions => a.options<dl.CreationOptions>(typed);

/** Powers in double precision, whatever the types of the operands. */
const floatPower = (x: dl.Tensor, y: dl.Tensor | number): dl.Tensor =>
  dl.pow(dl.to(x, { dtype: "float64" }), typeof y === "number" ? y : dl.to(y, { dtype: "float64" }));

const pool = {
  kernelSize: "kernel_size",
  stride: "stride",
  padding: "padding",
  dilation: "dilation",
  ceilMode: "ceil_mode",
} as const;

type MaxPool = (x: dl.Tensor, options: dl.MaxPoolOptions & { returnIndices: true }) => dl.Pooled;

const maxPoolRow = (name: string, call: MaxPool): Row =>
  row(`${name}(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False)`, (a): Result => {
    const { values, indices } = call(a.tensor(), { ...a.options<dl.MaxPoolOptions>(pool), returnIndices: true });
    return [values, indices];
  });

const adaptivePoolRow = (
  name: string,
  call: (x: dl.Tensor, outputSize: dl.OutputSize, options: { returnIndices: true }) => dl.Pooled,
): Row =>
  row(`${name}(input, output_size)`, (a): Result => {
    const { values, indices } = call(a.tensor(), a.get<dl.OutputSize>("output_size"), { returnIndices: true });
    return [values, indices];
  });

/** Writes `src` where a view of these strides lies. */
function asStridedScatter(a: Args): dl.Tensor {
  const x = a.tensor();
  const places = dl.reshape(dl.arange(x.size), x.shape);
  const view = dl.asStrided(places, a.numbers("size"), a.numbers("stride"), a.maybe<number>("storage_offset"));
  return dl.reshape(dl.indexCopy(dl.flatten(x), 0, dl.flatten(view), dl.flatten(a.tensor("src"))), x.shape);
}

/** `index_reduce` is `scatter_reduce` with one index for every slice. */
function indexReduce(x: dl.Tensor, a: Args): dl.Tensor {
  const source = a.tensor("source");
  const dim = a.number("dim");
  const along = dl.reshape(
    a.tensor("index"),
    source.shape.map((size, at) => (at === (dim + source.ndim) % source.ndim ? size : 1)),
  );
  const options = a.options<dl.ScatterReduceOptions>({ reduce: "reduce", includeSelf: "include_self" });
  return dl.scatterReduce(x, dim, dl.expand(along, source.shape), source, options);
}

/** Writes into `x` as if it had one dimension. */
const put = (x: dl.Tensor, a: Args): dl.Tensor =>
  dl.reshape(
    dl.indexPut(
      dl.flatten(x),
      [dl.flatten(a.tensor("index"))],
      dl.flatten(a.tensor("source")),
      a.options({ accumulate: "accumulate" }),
    ),
    x.shape,
  );

const cell = (a: Args): dl.CellWeights => ({
  weightIh: a.tensor("w_ih"),
  weightHh: a.tensor("w_hh"),
  biasIh: a.maybe<dl.Tensor>("b_ih"),
  biasHh: a.maybe<dl.Tensor>("b_hh"),
});

const weights = "w_ih, w_hh, b_ih=None, b_hh=None";

/** Of real numbers: 0, or π below 0. */
const angle = (x: dl.Tensor): dl.Tensor => dl.where(dl.isnan(x), x, dl.mul(dl.lt(x, 0), Math.PI));

/** Functions of which no case speaks. */
export const moreFunctions: readonly Row[] = [
  row("Tensor.index_reduce_(input, dim, index, source, reduce, *, include_self=True)", (a) =>
    dl.inPlace("indexReduce_", a.tensor(), (x) => indexReduce(x, a)),
  ),
  row("Tensor.put_(input, index, source, accumulate=False)", (a) => dl.inPlace("put_", a.tensor(), (x) => put(x, a))),
  unaryRow("torch.angle", angle),
  row("torch.as_strided_scatter(input, src, size, stride, storage_offset=None)", asStridedScatter),
  row("torch.broadcast_shapes(*shapes)", (a) => dl.broadcastShapes(...a.rest<dl.Shape>("shapes"))),
  row("torch.constant_pad_nd(input, pad, value=0)", (a) =>
    dl.pad(a.tensor(), a.numbers("pad"), a.options({ value: "value" })),
  ),
  row("torch.dropout(input, p, train)", (a) => dl.dropout(a.tensor(), a.options({ p: "p", training: "train" }))),
  row("torch.alpha_dropout(input, p, train)", (a) =>
    dl.alphaDropout(a.tensor(), a.options({ p: "p", training: "train" })),
  ),
  row("torch.feature_alpha_dropout(input, p, train)", (a) =>
    dl.featureAlphaDropout(a.tensor(), a.options({ p: "p", training: "train" })),
  ),
  row("torch.feature_dropout(input, p, train)", (a) =>
    dl.dropout2d(a.tensor(), a.options({ p: "p", training: "train" })),
  ),
  row("torch.rrelu(input, lower=0.125, upper=0.3333333333333333, training=False)", (a) =>
    dl.rrelu(a.tensor(), a.options<dl.RreluOptions>({ lower: "lower", upper: "upper", training: "training" })),
  ),
  row("torch.kaiser_window(window_length, periodic=True, beta=12.0, *, dtype=None)", (a) =>
    dl.kaiserWindow(
      a.number("window_length"),
      a.options<dl.KaiserOptions>({ periodic: "periodic", beta: "beta", dtype: "dtype" }),
    ),
  ),
  row("torch.embedding(weight, indices)", (a) => dl.embedding(a.tensor("indices"), a.tensor("weight"))),
  row("torch.empty(*size, dtype=None)", (a) => dl.zeros(a.rest("size"), created(a))),
  row("torch.empty_like(input, *, dtype=None)", (a) => dl.zerosLike(a.tensor(), created(a))),
  row("torch.fill(input, value)", (a) => dl.fullLike(a.tensor(), a.number("value"))),
  binaryRow("torch.float_power", floatPower),
  row("torch.group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)", (a) =>
    dl.groupNorm(a.tensor(), a.number("num_groups"), a.options({ weight: "weight", bias: "bias", eps: "eps" })),
  ),
  row("torch.layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)", (a) =>
    dl.layerNorm(a.tensor(), a.numbers("normalized_shape"), a.options({ weight: "weight", bias: "bias", eps: "eps" })),
  ),
  row("torch.index_reduce(input, dim, index, source, reduce, *, include_self=True)", (a) => indexReduce(a.tensor(), a)),
  unaryRow("torch.is_floating_point", (x) => dl.isFloat(x.dtype)),
  unaryRow("torch.is_nonzero", (x) => x.item() !== 0),
  row("torch.is_same_size(input, other)", (a) => dl.sameShape(a.tensor().shape, a.tensor("other").shape)),
  unaryRow("torch.is_signed", (x) => x.dtype !== "uint8" && x.dtype !== "bool"),
  row("torch.is_tensor(obj)", (a) => a.value("obj") instanceof dl.Tensor),
  row("torch.manual_seed(seed)", (a): Result => {
    dl.manualSeed(a.number("seed"));
    return undefined;
  }),
  row("torch.initial_seed()", () => dl.defaultGenerator().initialSeed),
  row("torch.get_rng_state()", () => dl.tensor([...dl.defaultGenerator().getState()], { dtype: "uint8" })),
  row("torch.set_rng_state(new_state)", (a): Result => {
    dl.defaultGenerator().setState(Uint8Array.from(a.tensor("new_state").toArray()));
    return undefined;
  }),
  row("torch.mvlgamma(input, p)", (a) => dl.mvlgamma(a.tensor(), a.number("p"))),
  row("torch.nn.functional.gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)", (a) =>
    dl.gumbelSoftmax(a.tensor("logits"), a.options<dl.GumbelSoftmaxOptions>({ tau: "tau", hard: "hard", dim: "dim" })),
  ),
  adaptivePoolRow("torch.adaptive_max_pool1d", dl.adaptiveMaxPool1d),
  adaptivePoolRow("torch.nn.functional.adaptive_max_pool1d_with_indices", dl.adaptiveMaxPool1d),
  adaptivePoolRow("torch.nn.functional.adaptive_max_pool2d_with_indices", dl.adaptiveMaxPool2d),
  adaptivePoolRow("torch.nn.functional.adaptive_max_pool3d_with_indices", dl.adaptiveMaxPool3d),
  maxPoolRow("torch.nn.functional.max_pool1d_with_indices", dl.maxPool1d),
  maxPoolRow("torch.nn.functional.max_pool2d_with_indices", dl.maxPool2d),
  maxPoolRow("torch.nn.functional.max_pool3d_with_indices", dl.maxPool3d),
  unaryRow("torch.poisson", (x) => dl.poisson(x)),
  row("torch.promote_types(type1, type2)", (a) => dl.promoteTypes(a.get("type1"), a.get("type2"))),
  row("torch.put(input, index, source, accumulate=False)", (a) => put(a.tensor(), a)),
  row("torch.rand_like(input, *, dtype=None)", (a) => dl.randLike(a.tensor(), created(a))),
  row("torch.randint_like(input, low, high, *, dtype=None)", (a) =>
    dl.randint(a.number("low"), a.number("high"), a.tensor().shape, { dtype: a.tensor().dtype, ...created(a) }),
  ),
  row("torch.randn_like(input, *, dtype=None)", (a) => dl.randnLike(a.tensor(), created(a))),
  row("torch.range(start, end, step=1)", (a) => {
    const step = a.maybe<number>("step") ?? 1;
    const count = Math.floor((a.number("end") - a.number("start")) / step) + 1;
    return dl.arange(a.number("start"), a.number("start") + count * step, step, { dtype: "float32" });
  }),
  row("torch.scalar_tensor(s, *, dtype=None)", (a) => dl.tensor(a.number("s"), created(a))),
  row("torch.as_tensor(data, dtype=None)", (a) => {
    const data = a.get<dl.Tensor | dl.Nested<number>>("data");
    return data instanceof dl.Tensor ? dl.to(data, created(a)) : dl.tensor(data, created(a));
  }),
  row(`torch.gru_cell(input, hx, ${weights})`, (a) => dl.gruCell(a.tensor(), a.tensor("hx"), cell(a))),
  row(`torch.lstm_cell(input, hx, ${weights})`, (a) => {
    const [hidden, state] = a.tensors("hx");
    return dl.lstmCell(a.tensor(), [hidden as dl.Tensor, state as dl.Tensor], cell(a));
  }),
  row(`torch.rnn_relu_cell(input, hx, ${weights})`, (a) =>
    dl.rnnCell(a.tensor(), a.tensor("hx"), cell(a), { nonlinearity: "relu" }),
  ),
  row(`torch.rnn_tanh_cell(input, hx, ${weights})`, (a) => dl.rnnCell(a.tensor(), a.tensor("hx"), cell(a))),
];
