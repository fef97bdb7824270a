import { BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, type Module, ReLU, Sequential } from "@dl/layers";

/** Three blocks of 16, 32 and 64 channels and a layer that names the digit: 29,178 parameters. */
export const digitCnn = (): Sequential =>
  new Sequential(...block(1, 16), ...block(16, 32), ...block(32, 64), new Flatten(), new Linear(64 * 3 * 3, 10));

/** Convolution, normalisation, activation and pooling: the image halves, the channels grow. */
const block = (from: number, to: number): Module[] => [
  new Conv2d(from, to, 3, { padding: 1, bias: false }),
  new BatchNorm2d(to),
  new ReLU(),
  new MaxPool2d(2),
];
