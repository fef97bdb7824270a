import { Linear, LSTM, Module, MultiheadAttention, PositionalEncoding, RNN } from "@dl/layers";
import { crossEntropy } from "@dl/losses";
import { Adam } from "@dl/optim";
import { argmax, eq, narrow, oneHot, randint, scope, select, type Tensor } from "@dl/tensor";
import { clipGradients, fit, progressBar } from "@dl/train";
import type { Example } from "../../example.ts";
import { perSeed, span } from "../../figures.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
}

const symbols = 8;
const hidden = 32;

/** Reads a row of symbols and names the first from what is known at the end. */
abstract class Reader extends Module {
  readonly output = new Linear(hidden, symbols);
  protected abstract read(x: Tensor): Tensor;
  override forward(x: Tensor): Tensor {
    return this.output.forward(this.read(oneHot(x, { numClasses: symbols }).to("float32")));
  }
}

class Recurrent extends Reader {
  readonly layer: RNN | LSTM;
  constructor(layer: RNN | LSTM) {
    super();
    this.layer = layer;
    if (layer instanceof LSTM) keepAtFirst(layer);
  }
  protected override read(x: Tensor): Tensor {
    return select(this.layer.forward(x).output, 1, -1);
  }
}

/** Both forget biases 1: the cells begin by keeping what they hold. */
function keepAtFirst(layer: LSTM): void {
  for (const [name, bias] of layer.namedParameters())
    if (name.startsWith("bias")) narrow(bias.detach(), 0, hidden, hidden).fill_(1);
}

/** The last place looks at all others at once: no lag is long. */
class Attentive extends Reader {
  readonly embedding = new Linear(symbols, hidden, { bias: false });
  readonly positions = new PositionalEncoding(hidden, { dropout: 0, batchFirst: true });
  readonly attention = new MultiheadAttention(hidden, 1, { batchFirst: true });
  protected override read(x: Tensor): Tensor {
    const placed = this.positions.forward(this.embedding.forward(x));
    const query = placed.at(":", "-1:");
    return select(this.attention.forward(query, placed, placed).output, 1, 0);
  }
}

const readers = {
  RNN: () => new Recurrent(new RNN(symbols, hidden, { batchFirst: true })),
  LSTM: () => new Recurrent(new LSTM(symbols, hidden, { batchFirst: true })),
  attention: () => new Attentive(),
} satisfies Record<string, () => Reader>;

const example: Example<Values> = {
  name: "long-range",
  title: { ja: "RNN は遠い過去を忘れる", en: "An RNN forgets what is long past" },
  ids: ["PHEN9", "LAYER12", "LAYER13", "LAYER16"],
  seconds: 120,
  data: "none",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(600, "batches of 64 rows", { min: 1 }),
  },
  quick: { seeds: 1 },
  async run({ seed, flags, quick, progress, metric, claim, claimEach }) {
    const recall = async (kind: keyof typeof readers, lag: number): Promise<number[]> => {
      const found = await perSeed(seed, flags.seeds, async (each) => {
        const model = readers[kind]();
        const label = `${kind}, lag ${lag}, seed ${each}`;
        await fit(model, batches(lag), {
          loss: (model, x) => crossEntropy(model.forward(x), select(x, 1, 0)),
          optimizer: new Adam(model.parameters(), { lr: 0.003 }),
          steps: flags.steps,
          every: flags.steps,
          callbacks: [
            clipGradients({ maxNorm: 1 }),
            progressBar({ display: (total) => progress(total, { label, unit: "steps" }) }),
          ],
        });
        return accuracyAt(model, lag);
      });
      metric(`${kind}, lag ${lag}: new rows recalled`, found[0] as number, span(found, 2));
      return found;
    };
    for (const lag of quick ? [5] : [5, 10, 40]) for (const kind of ["RNN", "LSTM"] as const) await recall(kind, lag);
    // at 20 the RNN guesses (chance is 1/8), the LSTM still knows something; at 80 only attention does
    const rnn = await recall("RNN", 20);
    const lstm = await recall("LSTM", 20);
    const attention = await recall("attention", 80);
    // PyTorch gives .12, .67 and .11 for seeds 0, 1 and 2 of this very script: most runs forget, some are lucky
    const forgot = rnn.filter((each) => each <= 0.2).length;
    claim("RNN, lag 20, most seeds", span(rnn, 2), "≤ .2", 2 * forgot > rnn.length);
    claimEach("LSTM, lag 20", lstm, "≥ .25", (each) => each >= 0.25, 2);
    claimEach("attention, lag 80", attention, "≥ .95", (each) => each >= 0.95, 2);
    if (quick) return;
    const far = await recall("LSTM", 80);
    claimEach("LSTM, lag 80", far, "≤ .3", (each) => each <= 0.3, 2);
  },
};

export default example;

/** Rows of `lag + 1` random symbols. */
const rowsOf = (lag: number, count: number): Tensor => randint(0, symbols, [count, lag + 1]);

function* batches(lag: number): Generator<Tensor> {
  for (;;) yield rowsOf(lag, 64);
}

/** The share of 1,000 new rows whose first symbol is named. */
async function accuracyAt(model: Reader, lag: number): Promise<number> {
  const x = rowsOf(lag, 1000);
  model.eval();
  const hits = scope(() => eq(argmax(model.forward(x).detach(), { dim: 1 }), select(x, 1, 0)).sum());
  return (await hits.itemAsync()) / 1000;
}
