import { encode } from "fast-png";
import { type Html, html } from "./html.ts";
import type { Section } from "./report.ts";

/** A picture that the model read wrongly. */
export interface Mistake {
  /** Grey values 0 to 255, row by row, light strokes on dark. */
  readonly pixels: Uint8Array;
  readonly truth: string;
  readonly predicted: string;
  /** The probability that the model gave its wrong answer, 0 to 1. */
  readonly confidence: number;
}

/**
 * A section with the mistakes as pictures, in the order given.
 *
 * @param mistakes usually the 25 of greatest confidence, the worst first
 * @param size width and height of the pictures in pixels
 * @throws RangeError if a picture has another number of pixels
 */
export function worstMistakes(mistakes: readonly Mistake[], [width, height]: readonly [number, number]): Section {
  for (const { pixels } of mistakes) {
    if (pixels.length !== width * height) {
      throw new RangeError(`worstMistakes: ${pixels.length} pixels, wanted ${width} × ${height} = ${width * height}`);
    }
  }
  return {
    heading: { en: `The ${mistakes.length} worst mistakes`, ja: `最も自信を持って間違えた ${mistakes.length} 枚` },
    note: {
      en: "True class → the model's answer, and how sure it was. The surest mistakes come first.",
      ja: "正解 → モデルの答えと、その確信度。確信度の高い順。",
    },
    width: "full",
    figure: html`<ol class="mistakes">${mistakes.map((mistake) => picture(mistake, width, height))}</ol>`,
  };
}

function picture({ pixels, truth, predicted, confidence }: Mistake, width: number, height: number): Html {
  const png = Buffer.from(encode({ width, height, data: pixels, channels: 1, depth: 8 })).toString("base64");
  return html`
<li><img src="data:image/png;base64,${png}" width="${width}" height="${height}" alt="${truth} read as ${predicted}">
<div><b>${truth} → <span>${predicted}</span></b><small>${(100 * confidence).toFixed(1)} %</small></div></li>`;
}
