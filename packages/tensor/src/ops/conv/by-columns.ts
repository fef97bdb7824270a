import type { Engine } from "../../devices/wasm/engine.ts";
import { currentGemm, type Gemm } from "../../devices/wasm/gemm.ts";
import { withWindow } from "../../devices/wasm/operands.ts";
import type { Window } from "../../devices/wasm/window.ts";

/**
 * What multiplies weights with columns for such a convolution, in place of the library's own kernels; undefined where
 * these are as fast: with few channels, and for the windows of Winograd's algorithm.
 */
export function gemmFor(window: Window): Gemm | undefined {
  const gemm = currentGemm();
  if (gemm === undefined || isForWinograd(window)) return undefined;
  const { channels, kernelY, kernelX, outputs, outY, outX } = window;
  return Math.min(outputs, channels * kernelY * kernelX, outY * outX) < 16 ? undefined : gemm;
}

const isForWinograd = ({ kernelY, kernelX, strideY, strideX, dilationY, dilationX }: Window): boolean =>
  kernelY === 3 && kernelX === 3 && strideY * strideX * dilationY * dilationX === 1;

/** `y = weight columns(x) + bias`, image by image; bias may be 0. */
export function convolve(
  gemm: Gemm,
  engine: Engine,
  window: Window,
  { x, weight, bias, y }: { x: number; weight: number; bias: number; y: number },
): void {
  forEachImage(engine, window, ({ image, kernel, planes, first, sizes: { outputs, taps, area }, columnsOf }) => {
    if (bias !== 0) engine.copyStrided({ address: bias + first, strides: [1, 0] }, [outputs, area], y + planes);
    gemm({
      memory: engine.memory,
      m: outputs,
      n: area,
      k: taps,
      a: { address: weight + kernel, stride: taps, transposed: false },
      b: { address: columnsOf(x + image), stride: area, transposed: false },
      c: { address: y + planes, stride: area },
      accumulate: bias !== 0,
    });
  });
}

/** `dx = image(weightᵀ dy)`. */
export function convolveBack(
  gemm: Gemm,
  engine: Engine,
  window: Window,
  { dy, weight, dx }: { dy: number; weight: number; dx: number },
): void {
  forEachImage(engine, window, ({ image, kernel, planes, sizes: { outputs, taps, area }, into }) => {
    into(dx + image, (columns) =>
      gemm({
        memory: engine.memory,
        m: taps,
        n: area,
        k: outputs,
        a: { address: weight + kernel, stride: taps, transposed: true },
        b: { address: dy + planes, stride: area, transposed: false },
        c: { address: columns, stride: area },
        accumulate: false,
      }),
    );
  });
}

/** `dweight = Σ dy columns(x)ᵀ` over the images. */
export function correlate(
  gemm: Gemm,
  engine: Engine,
  window: Window,
  { x, dy, dweight }: { x: number; dy: number; dweight: number },
): void {
  forEachImage(engine, window, ({ number, image, kernel, planes, sizes: { outputs, taps, area }, columnsOf }) => {
    gemm({
      memory: engine.memory,
      m: outputs,
      n: taps,
      k: area,
      a: { address: dy + planes, stride: area, transposed: false },
      b: { address: columnsOf(x + image), stride: area, transposed: true },
      c: { address: dweight + kernel, stride: taps },
      accumulate: number > 0,
    });
  });
}

/** One group of one image. Places are bytes from the start of their tensors. */
interface Image {
  readonly number: number;
  /** Of the input channels. */
  readonly image: number;
  /** Of the weights. */
  readonly kernel: number;
  /** Of the output channels. */
  readonly planes: number;
  /** Of the biases. */
  readonly first: number;
  readonly sizes: { readonly outputs: number; readonly taps: number; readonly area: number };
  /** The address of the columns `[taps, area]` of the image at an address. */
  columnsOf(image: number): number;
  /** Calls `body` with where it shall write columns, which are then summed into the image at an address. */
  into(image: number, body: (columns: number) => void): void;
}

function forEachImage(engine: Engine, window: Window, body: (image: Image) => void): void {
  const { batch, groups, channels, height, width, outputs, kernelY, kernelX, outY, outX } = window;
  const [taps, area] = [channels * kernelY * kernelX, outY * outX];
  const { kernels } = engine;
  const isImage = areColumnsTheImage(window);
  withWindow(
    engine,
    window,
    () => (isImage ? 0 : 4 * taps * area),
    (at, columns) => {
      for (let number = 0; number < batch; number++) {
        for (let group = 0; group < groups; group++) {
          body({
            number,
            image: 4 * (number * groups + group) * channels * height * width,
            kernel: 4 * group * outputs * taps,
            planes: 4 * (number * groups + group) * outputs * area,
            first: 4 * group * outputs,
            sizes: { outputs, taps, area },
            columnsOf(image) {
              if (isImage) return image;
              kernels.im2col(at, image, columns);
              return columns;
            },
            into(image, write) {
              write(isImage ? image : columns);
              if (!isImage) kernels.col2im(at, columns, image);
            },
          });
        }
      }
    },
  );
}

function areColumnsTheImage({ kernelY, kernelX, strideY, strideX, padY, padX }: Window): boolean {
  return kernelY * kernelX === 1 && strideY * strideX === 1 && padY === 0 && padX === 0;
}
