import { channelShuffle, pixelShuffle, pixelUnshuffle, type Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

/**
 * Channels spread over a finer image. Shape `[..., c r², h, w]` to `[..., c, h r, w r]`.
 *
 * @example
 * new PixelShuffle(2).forward(zeros([1, 8, 3, 4])).shape; // => [1, 2, 6, 8]
 */
export class PixelShuffle extends Module {
  readonly upscaleFactor: number;

  constructor(upscaleFactor: number) {
    super();
    checkSizes("PixelShuffle", { upscaleFactor }, 1);
    this.upscaleFactor = upscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => pixelShuffle(x, this.upscaleFactor));
  }

  override toString(): string {
    return layerText("PixelShuffle", [this.upscaleFactor]);
  }
}

/**
 * Pixels gathered into channels: undoes `PixelShuffle`. Shape `[..., c, h r, w r]` to `[..., c r², h, w]`.
 *
 * @example
 * new PixelUnshuffle(2).forward(zeros([1, 2, 6, 8])).shape; // => [1, 8, 3, 4]
 */
export class PixelUnshuffle extends Module {
  readonly downscaleFactor: number;

  constructor(downscaleFactor: number) {
    super();
    checkSizes("PixelUnshuffle", { downscaleFactor }, 1);
    this.downscaleFactor = downscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => pixelUnshuffle(x, this.downscaleFactor));
  }

  override toString(): string {
    return layerText("PixelUnshuffle", [this.downscaleFactor]);
  }
}

/**
 * Channels dealt out from `groups` groups in turn. Shape `[n, c, ...]` to `[n, c, ...]`.
 *
 * @example
 * new ChannelShuffle(2).forward(tensor([[[1], [2], [3], [4]]])).tolist(); // => [[[1], [3], [2], [4]]]
 */
export class ChannelShuffle extends Module {
  readonly groups: number;

  constructor(groups: number) {
    super();
    checkSizes("ChannelShuffle", { groups }, 1);
    this.groups = groups;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => channelShuffle(x, this.groups));
  }

  override toString(): string {
    return layerText("ChannelShuffle", [this.groups]);
  }
}
