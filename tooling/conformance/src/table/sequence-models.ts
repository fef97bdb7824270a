import * as nn from "@dl/layers";
import * as dl from "@dl/tensor";
import { type JsonObject, numberAt, textAt } from "../case.ts";
import { TestedModel } from "./tested-model.ts";

const recurrent = { RNN: nn.RNN, LSTM: nn.LSTM, GRU: nn.GRU } as const;

/** The embedded sequence through a recurrent network; the last step decides. */
export class SequenceClassifier extends TestedModel {
  readonly emb: nn.Embedding;
  readonly rnn: nn.RNN | nn.LSTM | nn.GRU;
  readonly fc: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    const [features, hidden] = [numberAt(spec, "emb"), numberAt(spec, "hidden")];
    const type = textAt(spec, "type");
    if (!(type === "RNN" || type === "LSTM" || type === "GRU")) throw new RangeError(`case: unknown network ${type}`);
    const bidirectional = spec["bidirectional"] === true;
    this.emb = new nn.Embedding(numberAt(spec, "vocab"), features);
    this.rnn = new recurrent[type](features, hidden, {
      numLayers: numberAt(spec, "layers"),
      batchFirst: true,
      bidirectional,
    });
    this.fc = new nn.Linear(hidden * (bidirectional ? 2 : 1), numberAt(spec, "classes"));
  }

  override forward(x: dl.Tensor): dl.Tensor {
    const { output } = this.rnn.forward(this.emb.forward(x));
    return this.fc.forward(dl.select(output, 1, -1));
  }
}

/** A transformer that predicts the next token at every position. */
export class GPT extends TestedModel {
  readonly pos: nn.Parameter;
  readonly tok: nn.Embedding;
  readonly layers: readonly nn.TransformerEncoderLayer[];
  readonly ln: nn.LayerNorm;
  readonly head: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    const [size, vocabulary] = [numberAt(spec, "d_model"), numberAt(spec, "vocab")];
    const options: nn.TransformerLayerOptions = {
      dimFeedforward: numberAt(spec, "feedforward"),
      dropout: 0,
      batchFirst: true,
      normFirst: spec["norm_first"] === true,
      activation: textAt(spec, "activation") === "gelu" ? "gelu" : "relu",
    };
    this.pos = new nn.Parameter(dl.zeros([numberAt(spec, "context"), size]));
    this.tok = new nn.Embedding(vocabulary, size);
    this.layers = Array.from(
      { length: numberAt(spec, "layers") },
      () => new nn.TransformerEncoderLayer(size, numberAt(spec, "heads"), options),
    );
    this.ln = new nn.LayerNorm(size);
    this.head = new nn.Linear(size, vocabulary);
  }

  override forward(tokens: dl.Tensor): dl.Tensor {
    const length = tokens.shape.at(-1) as number;
    const start = dl.add(this.tok.forward(tokens), dl.narrow(this.pos, 0, 0, length));
    const srcMask = dl.generateSquareSubsequentMask(length);
    const x = this.layers.reduce((value, layer) => layer.forward(value, { srcMask }), start);
    const scores = this.head.forward(this.ln.forward(x));
    return dl.reshape(scores, [-1, scores.shape.at(-1) as number]);
  }
}

/** A GRU reads, another one writes and looks back by attention. */
export class Seq2Seq extends TestedModel {
  readonly es: nn.Embedding;
  readonly et: nn.Embedding;
  readonly enc: nn.GRU;
  readonly dec: nn.GRU;
  readonly out: nn.Linear;

  constructor(spec: JsonObject) {
    super();
    const [vocabulary, features, hidden] = [numberAt(spec, "vocab"), numberAt(spec, "emb"), numberAt(spec, "hidden")];
    this.es = new nn.Embedding(vocabulary, features);
    this.et = new nn.Embedding(vocabulary, features);
    this.enc = new nn.GRU(features, hidden, { batchFirst: true });
    this.dec = new nn.GRU(features, hidden, { batchFirst: true });
    this.out = new nn.Linear(2 * hidden, vocabulary);
  }

  override forward(source: dl.Tensor, target: dl.Tensor): dl.Tensor {
    const read = this.enc.forward(this.es.forward(source));
    const { output } = this.dec.forward(this.et.forward(target), read.hidden);
    const weights = dl.softmax(dl.matmul(output, dl.transpose(read.output)), { dim: -1 });
    const scores = this.out.forward(dl.cat([output, dl.matmul(weights, read.output)], { dim: -1 }));
    return dl.reshape(scores, [-1, scores.shape.at(-1) as number]);
  }
}
