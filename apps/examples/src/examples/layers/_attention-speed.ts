import { LSTM, MultiheadAttention } from "@dl/layers";
import { randn, type Tensor } from "@dl/tensor";
import type { Context } from "../../example.ts";
import { fastest } from "../../stopwatch.ts";

/**
 * An LSTM goes from step to step, attention does all steps in one product of matrices. Where much can be computed at
 * once, that is faster; on one core the multiplications count, and attention's grow with the square of the length.
 */
export async function compareSpeed({
  device,
  threads,
  flags,
  metric,
  finding,
}: Context<{ readonly length: number }>): Promise<void> {
  const sequence = randn([16, flags.length, 64]);
  const lstm = new LSTM(64, 64, { batchFirst: true });
  const attention = new MultiheadAttention(64, 4, { batchFirst: true });
  const slow = await milliseconds(() => lstm.forward(sequence).output);
  const attend = (x: Tensor): Tensor => attention.forward(x, x, x, { needWeights: false }).output;
  const fast = await milliseconds(() => attend(sequence));
  metric(`forward and back over ${flags.length} steps, LSTM`, slow, `${slow.toFixed(0)} ms`);
  metric(`forward and back over ${flags.length} steps, attention`, fast, `${fast.toFixed(0)} ms`);
  finding({
    id: "LAYER16",
    described: { en: "attention works in parallel and is faster", ja: "並列に計算でき、高速" },
    measured: `${(slow / fast).toFixed(1)} × the speed of the LSTM over ${flags.length} steps (${device}, threads: ${threads})`,
    reference: ".9 × over 256 steps (PyTorch 1.13, one thread)",
    criterion: "faster",
    reproduced: fast < slow,
    ...(fast < slow ? {} : { why: "one device with little to compute side by side: what counts is the work" }),
  });
}

/** Milliseconds of the fastest of five passes, forward and back. */
const milliseconds = (forward: () => Tensor): Promise<number> =>
  fastest(5, async () => {
    const sum = forward().sum();
    sum.backward();
    await sum.itemAsync();
  });
