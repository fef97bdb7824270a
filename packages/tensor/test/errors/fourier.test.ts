import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { ones, zeros } = dl;
const pairs = zeros([4, 2]);
const pairsNeeded = "needs complex values as pairs [..., 2]: make them with complex(x)";

test.each<[() => unknown, string]>([
  [() => dl.fft(zeros([4])), `fft: ${pairsNeeded} (x [4])`],
  [
    () => dl.fft(zeros([4, 2], { dtype: "int32" })),
    'fft: needs a floating-point tensor, got int32: convert with .to("float32")',
  ],
  [() => dl.fft(pairs, { dim: 1 }), "fft: dim 1 is out of range for 1 dimensions: expected -1 to 0"],
  [() => dl.fft(zeros([2])), "fft: needs at least one dimension"],
  [() => dl.ifft(pairs, { n: 0 }), "ifft: lengths must be whole numbers from 1 on, got 0"],
  [() => dl.ifft(zeros([0, 2])), "ifft: dim 0 has size 0 (x [0, 2])"],
  [
    () => dl.fft(pairs, { norm: "orthogonal" as "ortho" }),
    "fft: norm must be backward, ortho or forward, got orthogonal",
  ],
  [() => dl.fft2(pairs), "fft2: dim -2 is out of range for 1 dimensions: expected -1 to 0"],
  [() => dl.fftn(zeros([3, 4, 2]), { s: [3], dim: [0, 1] }), "fftn: needs one length for each dim: got [3] and [0, 1]"],
  [() => dl.fftn(zeros([3, 4, 2]), { dim: [0, -2] }), "fftn: dim 0 appears more than once in [0, -2]"],
  [() => dl.irfft(zeros([1, 2])), "irfft: dim 0 of size 1 needs n, the length of the result (x [1, 2])"],
  [() => dl.hfft(zeros([3])), `hfft: ${pairsNeeded} (x [3])`],
  [() => dl.rfft(zeros([])), "rfft: needs at least one dimension"],
  [() => dl.real(zeros([3])), `real: ${pairsNeeded} (x [3])`],
  [() => dl.fftfreq(0), "fftfreq: lengths must be whole numbers from 1 on, got 0"],
  [() => dl.fftshift(zeros([3]), { dim: 1 }), "fftshift: dim 1 is out of range for 1 dimensions: expected -1 to 0"],
  [() => dl.stft(zeros([2, 2, 2]), 4), "stft: needs [time] or [batch, time] (x [2, 2, 2])"],
  [() => dl.stft(zeros([8]), 0), "stft: nFft must be a whole number from 1 on, got 0"],
  [() => dl.stft(zeros([8]), 4, { hopLength: 0 }), "stft: hopLength must be a whole number from 1 on, got 0"],
  [() => dl.stft(zeros([8]), 4, { winLength: 5 }), "stft: winLength 5 is above nFft 4"],
  [
    () => dl.stft(zeros([8]), 4, { window: ones([3]) }),
    "stft: window must have winLength 4 elements (x [8], window [3])",
  ],
  [() => dl.stft(zeros([8]), 16, { center: false }), "stft: nFft 16 is above the length 8 (x [8])"],
  [() => dl.istft(zeros([3, 2]), 4), "istft: needs [frequencies, frames, 2] or a batch of them (x [3, 2])"],
  [() => dl.istft(zeros([4, 5, 2]), 4), "istft: needs 3 frequencies for nFft 4, got 4 (x [4, 5, 2])"],
  [() => dl.istft(zeros([3, 5, 2]), 4, { hopLength: 8 }), "istft: the windows leave a gap: use a smaller hopLength"],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
