import type { Shape } from "../../shape.ts";

interface Geometry {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** Part of an output row and the inputs that one element of the kernel meets there, `xStep` apart. */
type Visit = (xAt: number, xStep: number, tapAt: number, yAt: number, length: number) => void;

/**
 * Visits every product of a convolution, row by row: for each image, output channel, kernel element and output row,
 * the run of outputs for which that element meets an input and not the padding.
 */
export function forEachTap(x: Shape, weight: Shape, y: Shape, geometry: Geometry, visit: Visit): void {
  const [batch, channels] = x as [number, number];
  const [outputs, inputs] = weight as [number, number];
  const [depth, height, width] = inSpace(x.slice(2), 1);
  const [kernelZ, kernelY, kernelX] = inSpace(weight.slice(2), 1);
  const [outZ, outY, outX] = inSpace(y.slice(2), 1);
  const [strideZ, strideY, strideX] = inSpace(geometry.stride, 1);
  const [padZ, padY, padX] = inSpace(geometry.padding, 0);
  const [dilationZ, dilationY, dilationX] = inSpace(geometry.dilation, 1);
  const perGroup = outputs / geometry.groups;
  const columns = Array.from({ length: kernelX }, (_, kx) => runOf(kx * dilationX - padX, strideX, width, outX));
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < outputs; o++) {
      const firstChannel = n * channels + Math.floor(o / perGroup) * inputs;
      for (let c = 0; c < inputs; c++) {
        for (let kz = 0; kz < kernelZ; kz++) {
          for (let ky = 0; ky < kernelY; ky++) {
            const taps = (((o * inputs + c) * kernelZ + kz) * kernelY + ky) * kernelX;
            for (let oz = 0; oz < outZ; oz++) {
              const z = oz * strideZ + kz * dilationZ - padZ;
              if (z < 0 || z >= depth) continue;
              for (let oy = 0; oy < outY; oy++) {
                const row = oy * strideY + ky * dilationY - padY;
                if (row < 0 || row >= height) continue;
                const xAt = (((firstChannel + c) * depth + z) * height + row) * width;
                const yAt = (((n * outputs + o) * outZ + oz) * outY + oy) * outX;
                for (let kx = 0; kx < kernelX; kx++) {
                  const run = columns[kx] as Run;
                  if (run.length > 0) visit(xAt + run.from, strideX, taps + kx, yAt + run.first, run.length);
                }
              }
            }
          }
        }
      }
    }
  }
}

interface Run {
  /** The first output that meets an input, and that input. */
  readonly first: number;
  readonly from: number;
  readonly length: number;
}

/** The outputs i for which `i · stride + shift` lies in [0, size). */
function runOf(shift: number, stride: number, size: number, outputs: number): Run {
  const first = Math.max(0, Math.ceil(-shift / stride));
  const past = Math.min(outputs, Math.floor((size - 1 - shift) / stride) + 1);
  return { first, from: first * stride + shift, length: past - first };
}

/** Three sizes for one to three, the missing ones in front. */
const inSpace = (sizes: readonly number[], fill: number): [number, number, number] => [
  sizes.at(-3) ?? fill,
  sizes.at(-2) ?? fill,
  sizes.at(-1) ?? fill,
];
