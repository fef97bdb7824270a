import { operandsText, shapeText } from "../errors.ts";
import { div, mul, square } from "../ops/elementwise/arithmetic.ts";
import { checkPairs } from "../ops/fourier/fourier.ts";
import { padConstant } from "../ops/shape/pad-constant.ts";
import { stridedScatterAdd } from "../ops/view/as-strided.ts";
import { expand } from "../ops/view/expand.ts";
import { transpose } from "../ops/view/permute.ts";
import { reshape } from "../ops/view/reshape.ts";
import { narrow } from "../ops/view/slice.ts";
import { unfold } from "../ops/view/unfold.ts";
import type { Tensor } from "../tensor.ts";
import { complex, real } from "./complex.ts";
import { ones } from "./creation.ts";
import { fft, ifft } from "./fourier.ts";
import type { FourierNorm } from "./fourier-dims.ts";
import { irfft, rfft } from "./fourier-real.ts";
import { type PadMode, pad } from "./pad.ts";

interface FrameOptions {
  /** From one frame to the next. Default `nFft / 4`. */
  hopLength?: number | undefined;
  /** Length of the window. Default `nFft`. */
  winLength?: number | undefined;
  /** What each frame is multiplied by: `[winLength]`, put in the middle of `nFft`. Default ones. */
  window?: Tensor | undefined;
  /** Frame t is centred on sample `t · hopLength`. Default true. */
  center?: boolean | undefined;
  /** Divide by `√nFft`. */
  normalized?: boolean | undefined;
  /** Only the first half of each spectrum. Default true. */
  onesided?: boolean | undefined;
}

export interface StftOptions extends FrameOptions {
  /** What `center` fills up with. Default "reflect". */
  padMode?: PadMode | undefined;
}

/**
 * The short-time Fourier transform: spectra of overlapping frames. Shape `[time]` or `[batch, time]` to
 * `[..., frequencies, frames, 2]` with complex numbers as pairs.
 *
 * @example
 * stft(ones([2, 16]), 8, { hopLength: 4 }).shape; // => [2, 5, 5, 2]
 */
export function stft(x: Tensor, nFft: number, { padMode = "reflect", ...options }: StftOptions = {}): Tensor {
  if (x.ndim !== 1 && x.ndim !== 2)
    throw new RangeError(`stft: needs [time] or [batch, time] (x ${shapeText(x.shape)})`);
  const { hop, window, center, onesided, norm } = framesOf("stft", x, nFft, options);
  const half = Math.floor(nFft / 2);
  const lines = reshape(x, [1, x.ndim === 1 ? 1 : (x.shape[0] as number), x.shape.at(-1) as number]);
  const padded = center ? pad(lines, [half, half], { mode: padMode }) : lines;
  const length = padded.shape[2] as number;
  if (nFft > length) throw new RangeError(`stft: nFft ${nFft} is above the length ${length} (x ${shapeText(x.shape)})`);
  const signal = reshape(padded, [...x.shape.slice(0, -1), length]);
  const frames = unfold(signal, -1, nFft, hop);
  const weighted = window === undefined ? frames : mul(frames, window);
  return transpose(onesided ? rfft(weighted, { norm }) : fft(complex(weighted), { norm }), -3, -2);
}

export interface IstftOptions extends FrameOptions {
  /** Of the result. Default all that the frames cover. */
  length?: number | undefined;
}

/**
 * The inverse of `stft`: frames are added where they overlap and divided by what their windows add up to. Shape
 * `[..., frequencies, frames, 2]` to `[..., time]`. Throws where the windows leave a gap.
 *
 * @example
 * istft(stft(ones([16]), 8), 8, { length: 16 }).shape; // => [16]
 */
export function istft(x: Tensor, nFft: number, { length, ...options }: IstftOptions = {}): Tensor {
  checkPairs("istft", x);
  if (x.ndim !== 3 && x.ndim !== 4)
    throw new RangeError(`istft: needs [frequencies, frames, 2] or a batch of them (x ${shapeText(x.shape)})`);
  const {
    hop,
    window = ones([nFft], { dtype: x.dtype, device: x.device }),
    center,
    onesided,
    norm,
  } = framesOf("istft", x, nFft, options);
  const wanted = onesided ? Math.floor(nFft / 2) + 1 : nFft;
  if (x.shape.at(-3) !== wanted)
    throw new RangeError(
      `istft: needs ${wanted} frequencies for nFft ${nFft}, got ${x.shape.at(-3)} (x ${shapeText(x.shape)})`,
    );
  const spectra = transpose(x, -3, -2);
  const frames = onesided ? irfft(spectra, { n: nFft, norm }) : real(ifft(spectra, { norm }));
  const sum = overlapped(mul(frames, window), hop);
  const weight = overlapped(expand(square(window), frames.shape), hop);
  const start = center ? Math.floor(nFft / 2) : 0;
  const covered = (sum.shape.at(-1) as number) - start;
  const taken = length === undefined ? covered - start : Math.min(length, covered);
  const share = narrow(weight, -1, start, taken);
  if (
    share
      .detach()
      .toArray()
      .some((each) => Math.abs(each) < 1e-11)
  )
    throw new RangeError("istft: the windows leave a gap: use a smaller hopLength");
  const result = div(narrow(sum, -1, start, taken), share);
  const missing = (length ?? taken) - taken;
  return missing > 0
    ? padConstant(
        result,
        result.shape.map((_, at) => [0, at === result.ndim - 1 ? missing : 0] as const),
        0,
      )
    : result;
}

/** `[..., frames, n]` added up at `hop` from each other. */
function overlapped(frames: Tensor, hop: number): Tensor {
  const [count, n] = frames.shape.slice(-2) as [number, number];
  const batch = frames.shape.slice(0, -2);
  const length = n + hop * (count - 1);
  const window = { shape: frames.shape, strides: [...(batch.length > 0 ? [length] : []), hop, 1], offset: 0 };
  return stridedScatterAdd(frames, [...batch, length], window);
}

interface Frames {
  readonly hop: number;
  readonly window: Tensor | undefined;
  readonly center: boolean;
  readonly onesided: boolean;
  readonly norm: FourierNorm;
}

function framesOf(who: string, x: Tensor, nFft: number, options: FrameOptions): Frames {
  const { winLength = nFft, window, center = true, normalized = false, onesided = true } = options;
  const hop = options.hopLength ?? Math.floor(nFft / 4);
  for (const [name, value] of Object.entries({ nFft, hopLength: hop, winLength })) {
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`${who}: ${name} must be a whole number from 1 on, got ${value}`);
  }
  if (winLength > nFft) throw new RangeError(`${who}: winLength ${winLength} is above nFft ${nFft}`);
  if (window !== undefined && (window.ndim !== 1 || window.size !== winLength))
    throw new RangeError(`${who}: window must have winLength ${winLength} elements ${operandsText({ x, window })}`);
  const norm = normalized ? "ortho" : "backward";
  return { hop, window: centred(x, window, winLength, nFft), center, onesided, norm };
}

/** The window with zeros around it; undefined where all is ones. */
function centred(x: Tensor, window: Tensor | undefined, winLength: number, nFft: number): Tensor | undefined {
  if (winLength === nFft) return window;
  const before = Math.floor((nFft - winLength) / 2);
  const own = window ?? ones([winLength], { dtype: x.dtype, device: x.device });
  return padConstant(own, [[before, nFft - winLength - before]], 0);
}
