import type { Name } from "../../demo/network.ts";

export type Place = readonly [x: number, y: number];

/** A parameter of the diagram: what it is called and where its number stands. */
export interface Knob {
  readonly kind: "weight" | "bias";
  readonly symbol: string;
  readonly name: Name;
  /** Its position in the tensor of that name, row by row. */
  readonly at: number;
  /** The layer and the row of the node that it belongs to. */
  readonly layer: number;
  readonly row: number;
  readonly place: Place;
  /** The ends of its edge; a bias has none. */
  readonly ends?: readonly [from: Place, to: Place];
}

export const size: Place = [480, 345];

/** The middle of each node, layer by layer. */
export const places: readonly (readonly Place[])[] = [
  [
    [46, 80],
    [46, 190],
    [46, 300],
  ],
  [
    [240, 115],
    [240, 265],
  ],
  [[434, 190]],
];

export const symbols: readonly (readonly string[])[] = [["x₁", "x₂", "x₃"], ["h₁", "h₂"], ["y"]];

export const knobs: readonly Knob[] = [1, 2].flatMap((layer) =>
  (places[layer] ?? []).flatMap((to, row): Knob[] => {
    const before = places[layer - 1] ?? [];
    const symbol = symbols[layer]?.[row] ?? "";
    const weights = before.map((from, column): Knob => {
      const name = layer === 1 ? "0.weight" : "1.weight";
      const at = row * before.length + column;
      const edge = `${symbols[layer - 1]?.[column]} → ${symbol}`;
      return { kind: "weight", symbol: edge, name, at, layer, row, place: between(from, to, row), ends: [from, to] };
    });
    const name = layer === 1 ? "0.bias" : "1.bias";
    return [...weights, { kind: "bias", symbol, name, at: row, layer, row, place: [to[0], to[1] + 43] }];
  }),
);

/** A place on the edge, nearer to its start for the first row, so that numbers on crossing edges stay apart. */
function between([x1, y1]: Place, [x2, y2]: Place, row: number): Place {
  const share = row === 0 ? 0.32 : 0.68;
  return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
}
