import type { Tensor } from "@dl/tensor";

/** What one layer and direction makes of its input, and the parts of the state it ends with. */
export interface Ran<Data> {
  readonly output: Data;
  readonly state: readonly Tensor[];
}

/** How sequences go through one layer, whatever form they have. */
export interface Stairs<Data> {
  readonly numLayers: number;
  readonly bidirectional: boolean;
  /** `index` counts layers and directions. */
  run(x: Data, layer: number, reverse: boolean, index: number): Ran<Data>;
  /** The outputs of two directions side by side. */
  beside(first: Data, second: Data): Data;
  /** What happens between two layers. */
  between(x: Data): Data;
}

/** Takes sequences through all layers, each in one or two directions. Returns the states of all of them in order. */
export function climb<Data>(
  x: Data,
  { numLayers, bidirectional, run, beside, between }: Stairs<Data>,
): { output: Data; states: readonly (readonly Tensor[])[] } {
  const states: (readonly Tensor[])[] = [];
  let output = x;
  for (let layer = 0; layer < numLayers; layer++) {
    const input = layer === 0 ? output : between(output);
    const first = run(input, layer, false, states.length);
    states.push(first.state);
    output = first.output;
    if (!bidirectional) continue;
    const second = run(input, layer, true, states.length);
    states.push(second.state);
    output = beside(output, second.output);
  }
  return { output, states };
}
