import { decode } from "fast-png";
import { expect, test } from "vitest";
import { pictureRow } from "../../src/report/pictures.ts";

const about = { heading: { en: "pictures", ja: "絵" }, note: { en: "", ja: "" } };

test("each picture is stretched from black to white", () => {
  const { text } = pictureRow(about, [
    { caption: "slope", width: 3, height: 1, values: [-1, 0, 1] },
    { caption: "flat", width: 1, height: 2, values: [5, 5] },
  ]).figure;
  const pictures = [...text.matchAll(/base64,([^"]+)"/g)].map(([, data]) =>
    decode(Buffer.from(String(data), "base64")),
  );
  expect(pictures.map(({ width, height, data }) => [width, height, Array.from(data)])).toEqual([
    [3, 1, [0, 127, 255]],
    [1, 2, [0, 0]],
  ]);
  expect(text).toContain("slope");
});

test("a picture of another size is refused", () => {
  expect(() => pictureRow(about, [{ caption: "one", width: 2, height: 2, values: [1] }])).toThrow(
    "pictureRow: 1 numbers, wanted 2 × 2 = 4 (one)",
  );
});
