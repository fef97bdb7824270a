import type { Tensor } from "@dl/tensor";
import { checkSizes } from "./text.ts";

/** What a convolution says of its channels. */
interface Channels {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly groups: number;
}

/** Throws unless the channels are whole numbers that fall into `groups` groups. */
export function checkChannels(who: string, { inChannels, outChannels, groups }: Channels): void {
  checkSizes(who, { inChannels, outChannels });
  checkSizes(who, { groups }, 1);
  if (inChannels % groups !== 0)
    throw new RangeError(`${who}: groups ${groups} do not divide ${inChannels} input channels`);
  if (outChannels % groups !== 0)
    throw new RangeError(`${who}: groups ${groups} do not divide ${outChannels} output channels`);
}

/** Whether x is `[batch, channels, ...]` or `[channels, ...]` with `rank` dimensions behind. */
export function hasPlaces(x: Tensor, channels: number, rank: number): boolean {
  if (x.ndim === rank + 2) return x.shape[1] === channels;
  return x.ndim === rank + 1 && x.shape[0] === channels;
}
