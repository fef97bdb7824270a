import * as dl from "@dl/tensor";
import type { Args } from "../args.ts";
import { type Row, row } from "./row.ts";

/** Real and imaginary parts; cases from PyTorch's own tests give real numbers, the others pairs unless their note says so. */
function pairs(a: Args): dl.Tensor {
  const isReal = a.has("case_source") || (a.maybe<string>("case_note") ?? "").includes("real input");
  return isReal ? dl.complex(a.tensor()) : a.tensor();
}

const plain = (a: Args): dl.Tensor => a.tensor();

type Input = (a: Args) => dl.Tensor;

const lineRow = (name: string, input: Input, call: (x: dl.Tensor, options: dl.FourierOptions) => dl.Tensor): Row =>
  row(`torch.fft.${name}(input, n=None, dim=-1, norm=None, *, case_note, case_source)`, (a) =>
    call(input(a), a.options<dl.FourierOptions>({ n: "n", dim: "dim", norm: "norm" })),
  );

const dimsRow = (name: string, input: Input, call: (x: dl.Tensor, options: dl.FourierDimsOptions) => dl.Tensor): Row =>
  row(`torch.fft.${name}(input, s=None, dim=None, norm=None, *, case_note, case_source)`, (a) =>
    call(input(a), a.options<dl.FourierDimsOptions>({ s: "s", dim: "dim", norm: "norm" })),
  );

const shiftRow = (name: string, call: (x: dl.Tensor, options: dl.ShiftOptions) => dl.Tensor): Row =>
  row(`torch.fft.${name}(input, dim=None)`, (a) => call(a.tensor(), a.options<dl.ShiftOptions>({ dim: "dim" })));

const frequencyRow = (name: string, call: (n: number, options: dl.FrequencyOptions) => dl.Tensor): Row =>
  row(`torch.fft.${name}(n, d=1.0, *, dtype=None)`, (a) =>
    call(a.number("n"), a.options<dl.FrequencyOptions>({ d: "d", dtype: "dtype" })),
  );

const frames = {
  hopLength: "hop_length",
  winLength: "win_length",
  window: "window",
  center: "center",
  normalized: "normalized",
  onesided: "onesided",
} as const;

export const fft = [
  lineRow("fft", pairs, dl.fft),
  lineRow("ifft", pairs, dl.ifft),
  lineRow("rfft", plain, dl.rfft),
  lineRow("irfft", pairs, dl.irfft),
  lineRow("hfft", pairs, dl.hfft),
  lineRow("ihfft", plain, dl.ihfft),
  dimsRow("fft2", pairs, dl.fft2),
  dimsRow("ifft2", pairs, dl.ifft2),
  dimsRow("rfft2", plain, dl.rfft2),
  dimsRow("irfft2", pairs, dl.irfft2),
  dimsRow("hfft2", pairs, dl.hfft2),
  dimsRow("ihfft2", plain, dl.ihfft2),
  dimsRow("fftn", pairs, dl.fftn),
  dimsRow("ifftn", pairs, dl.ifftn),
  dimsRow("rfftn", plain, dl.rfftn),
  dimsRow("irfftn", pairs, dl.irfftn),
  dimsRow("hfftn", pairs, dl.hfftn),
  dimsRow("ihfftn", plain, dl.ihfftn),
  shiftRow("fftshift", dl.fftshift),
  shiftRow("ifftshift", dl.ifftshift),
  frequencyRow("fftfreq", dl.fftfreq),
  frequencyRow("rfftfreq", dl.rfftfreq),
  row(
    "torch.stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None)",
    (a) => dl.stft(a.tensor(), a.number("n_fft"), a.options<dl.StftOptions>({ ...frames, padMode: "pad_mode" })),
  ),
  row(
    "torch.istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)",
    (a) => dl.istft(a.tensor(), a.number("n_fft"), a.options<dl.IstftOptions>({ ...frames, length: "length" })),
  ),
];
