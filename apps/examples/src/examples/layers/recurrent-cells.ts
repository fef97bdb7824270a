import { GRU, GRUCell, LSTM, LSTMCell, RNN, RNNCell } from "@dl/layers";
import { chunk, linear, manualSeed, max, narrow, randn, sigmoid, type Tensor, tanh } from "@dl/tensor";
import type { Example } from "../../example.ts";

const example: Example = {
  name: "recurrent-cells",
  title: { ja: "RNN・LSTM・GRU の 1 ステップ", en: "One step of an RNN, an LSTM, a GRU" },
  ids: ["LAYER12", "LAYER13", "LAYER14"],
  seconds: 1,
  data: "none",
  flags: {},
  async run({ seed, claim }) {
    manualSeed(seed);
    const [x, h, c] = [randn([2, 3]), randn([2, 5]), randn([2, 5])];
    const close = async (name: string, found: Tensor, expected: Tensor): Promise<void> => {
      const apart = await max(found.detach().sub(expected.detach()).abs()).itemAsync();
      claim(`${name}: apart`, apart, "≤ 1e-6", apart <= 1e-6);
    };
    // what a cell is told: the input and what it said last, each through a matrix of its own
    const told = (cell: RNNCell | LSTMCell | GRUCell): [Tensor, Tensor] => [
      linear(x, cell.weightIh, cell.biasIh),
      linear(h, cell.weightHh, cell.biasHh),
    ];

    // Elman: the new hidden state is a squashed mixture of both
    const rnn = new RNNCell(3, 5);
    const [fromX, fromH] = told(rnn);
    await close("RNN, h' = tanh(from x + from h)", tanh(fromX.add(fromH)), rnn.forward(x, h));

    // LSTM: gates between 0 and 1 say what enters the cell, what stays in it, and what is shown of it. The cell itself
    // is only multiplied by the forget gate and added to, so that a gate at 1 keeps it over any time
    const lstm = new LSTMCell(3, 5);
    const [a, b] = told(lstm);
    const [input, forget, candidate, output] = chunk(a.add(b), 4, { dim: 1 }) as [Tensor, Tensor, Tensor, Tensor];
    const cell = sigmoid(forget)
      .mul(c)
      .add(sigmoid(input).mul(tanh(candidate)));
    const [hidden, kept] = lstm.forward(x, [h, c]);
    await close("LSTM, c' = σ(f) c + σ(i) tanh(z)", cell, kept);
    await close("LSTM, h' = σ(o) tanh(c')", sigmoid(output).mul(tanh(cell)), hidden);

    // GRU: no cell; one gate forgets before the candidate is made, one chooses between the old state and the candidate
    const gru = new GRUCell(3, 5);
    const [fromInput, fromState] = told(gru).map((sums) => chunk(sums, 3, { dim: 1 })) as [Tensor[], Tensor[]];
    const [reset, update] = [0, 1].map((i) => sigmoid((fromInput[i] as Tensor).add(fromState[i] as Tensor))) as [
      Tensor,
      Tensor,
    ];
    const wanted = tanh((fromInput[2] as Tensor).add(reset.mul(fromState[2] as Tensor)));
    await close("GRU, h' = u h + (1 − u) n", update.mul(h).add(update.neg().add(1).mul(wanted)), gru.forward(x, h));

    // a layer is its cell step by step
    const layer = new LSTM(3, 5, { batchFirst: true });
    const row = randn([2, 7, 3]);
    const one = narrow(row, 1, 0, 6);
    const after = layer.forward(one).hidden;
    await close(
      "LSTM, seven steps at once and six then one",
      layer.forward(narrow(row, 1, 6, 1), after).output,
      narrow(layer.forward(row).output, 1, 6, 1),
    );

    // one set of matrices for each gate and for the candidate: 1, 4 and 3
    const sizes = [new RNN(32, 64), new LSTM(32, 64), new GRU(32, 64)].map((each) =>
      each.parameters().reduce((sum, { size }) => sum + size, 0),
    ) as [number, number, number];
    claim(
      "parameters of RNN, LSTM, GRU",
      sizes,
      "1 : 4 : 3",
      sizes[1] === 4 * sizes[0] && sizes[2] === 0.75 * sizes[1],
    );
  },
};

export default example;
