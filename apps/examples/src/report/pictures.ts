import { encode } from "fast-png";
import type { Bilingual } from "../example.ts";
import { type Html, html } from "./html.ts";
import type { Section } from "./report.ts";

/** A grey picture with a line under it. */
export interface Picture {
  readonly caption: string;
  readonly width: number;
  readonly height: number;
  /** Row by row; the least is drawn black, the greatest white. */
  readonly values: ArrayLike<number>;
}

/**
 * A section with small pictures side by side, each stretched to the full range of grey.
 *
 * @throws RangeError if a picture has not width × height numbers
 */
export function pictureRow(
  { heading, note }: { readonly heading: Bilingual; readonly note: Bilingual },
  pictures: readonly Picture[],
): Section {
  return {
    heading,
    note,
    width: "full",
    figure: html`<ol class="mistakes">${pictures.map(drawn)}</ol>`,
  };
}

function drawn({ caption, width, height, values }: Picture): Html {
  if (values.length !== width * height) {
    throw new RangeError(
      `pictureRow: ${values.length} numbers, wanted ${width} × ${height} = ${width * height} (${caption})`,
    );
  }
  const numbers = Array.from(values);
  const [least, greatest] = [Math.min(...numbers), Math.max(...numbers)];
  const data = Uint8Array.from(numbers, (value) => (255 * (value - least)) / (greatest - least || 1));
  const png = Buffer.from(encode({ width, height, data, channels: 1, depth: 8 })).toString("base64");
  return html`
<li><img src="data:image/png;base64,${png}" width="${width}" height="${height}" alt="${caption}" style="filter:none">
<div><small>${caption}</small></div></li>`;
}
