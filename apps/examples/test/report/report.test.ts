import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { confusionMatrix } from "../../src/report/confusion.ts";
import { curves } from "../../src/report/curves.ts";
import { worstMistakes } from "../../src/report/mistakes.ts";
import { type Report, renderReport, writeReport } from "../../src/report/report.ts";

const both = (text: string) => ({ en: text, ja: `${text}日本語` });
const digits = [..."0123456789"];
const counts = digits.map((truth, i) =>
  digits.map((guess, j) => (i === j ? 980 : truth === "4" && guess === "9" ? 20 : 0)),
);
const mistakes = Array.from({ length: 25 }, (_, i) => ({
  pixels: Uint8Array.from({ length: 784 }, (_pixel, p) => (p + i) % 256),
  truth: "4",
  predicted: "9",
  confidence: 0.999 - i / 100,
}));
const noisy = Array.from({ length: 500 }, (_, i): [number, number] => [i / 100, Math.exp(-i / 100)]);

const report: Report = {
  title: both("Digits"),
  lead: both("A <script> & more"),
  highlights: [{ name: both("Accuracy"), value: "99.37 %" }],
  summary: [[both("Seed"), "0"]],
  sections: [
    curves({
      heading: both("Loss"),
      note: both("n"),
      lines: [{ name: both("training"), points: noisy }],
      x: "epoch",
      y: { type: "log" },
    }),
    curves({
      heading: both("Accuracy"),
      note: both("n"),
      lines: [
        { name: both("training"), points: noisy },
        {
          name: both("test"),
          points: [
            [1, 0.98],
            [2, 0.99],
            [3, Number.NaN],
          ],
        },
      ],
      x: "epoch",
      y: { domain: [0.9, 1], percent: true },
    }),
    confusionMatrix(counts, digits),
    worstMistakes(mistakes, [28, 28]),
  ],
  data: both("MNIST, free for research"),
};
const page = renderReport(report);
const { document } = parseHTML(page);

describe("renderReport", () => {
  test("needs nothing from outside", () => {
    expect(document.querySelectorAll("script, link, iframe")).toHaveLength(0);
    for (const element of document.querySelectorAll("[src]")) expect(element.getAttribute("src")).toMatch(/^data:/);
    expect(page.match(/url\((?!#)/g) ?? []).toEqual([]);
    expect(page.replaceAll("http://www.w3.org/", "")).not.toMatch(/https?:/);
  });

  test("escapes what it is given", () => {
    expect(page).toContain("A &#60;script&#62; &#38; more");
  });

  test("Japanese and English headings, the licence note", () => {
    const headings = [...document.querySelectorAll("h1, h2")];
    expect(headings).toHaveLength(7);
    for (const heading of headings) {
      expect(heading.querySelector("[lang=en]")?.textContent).toBeTruthy();
      expect(heading.querySelector("[lang=ja]")?.textContent).toBeTruthy();
    }
    expect(document.querySelector(".data")?.textContent).toContain("MNIST, free for research");
  });

  test("curves: one SVG each, a band for many points, dots for few, none for NaN", () => {
    const charts = [...document.querySelectorAll("figure.chart svg")];
    expect(charts).toHaveLength(3);
    expect(charts[0]?.querySelectorAll('[aria-label="area"]')).toHaveLength(1);
    expect(charts[1]?.querySelectorAll('[aria-label="line"]')).toHaveLength(2);
    expect(charts[1]?.querySelectorAll('[aria-label="dot"] circle')).toHaveLength(2);
  });

  test("confusion matrix: a cell per pair, its count, the share of each row", () => {
    const matrix = [...document.querySelectorAll("figure.chart svg")][2];
    expect(matrix?.querySelectorAll('[aria-label="cell"] rect')).toHaveLength(100);
    const texts = [...(matrix?.querySelectorAll("text") ?? [])].map((text) => text.textContent);
    expect(texts.filter((text) => text === "980")).toHaveLength(10);
    expect(texts.filter((text) => text === "20")).toHaveLength(1);
    expect(texts.filter((text) => text === "98.0 %")).toHaveLength(1);
    expect(texts.filter((text) => text === "100.0 %")).toHaveLength(9);
    expect(matrix?.textContent).toContain("4 → 9: 20");
  });

  test("mistakes: 25 pictures with their pixels, labels and confidence", () => {
    const items = [...document.querySelectorAll(".mistakes li")];
    expect(items).toHaveLength(25);
    const image = items[3]?.querySelector("img");
    expect(image?.getAttribute("alt")).toBe("4 read as 9");
    const png = decode(Buffer.from(image?.getAttribute("src")?.split(",")[1] ?? "", "base64"));
    expect([png.width, png.height, png.channels]).toEqual([28, 28, 1]);
    expect([...png.data]).toEqual([...(mistakes[3]?.pixels ?? [])]);
    expect(items[0]?.textContent).toContain("4 → 9");
    expect(items[0]?.textContent).toContain("99.9 %");
  });

  test("light and dark", () => {
    expect(document.querySelector('meta[name="color-scheme"]')?.getAttribute("content")).toBe("light dark");
    expect(page).toContain("prefers-color-scheme: dark");
  });
});

test("writeReport writes the page whole and returns its path", () => {
  const folder = mkdtempSync(join(tmpdir(), "dl-report-"));
  const path = join(folder, "reports", "digits.html");
  expect(writeReport(path, report)).toBe(path);
  expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  expect(readdirSync(join(folder, "reports"))).toEqual(["digits.html"]);
});

test("sizes that do not fit", () => {
  expect(() => confusionMatrix([[1, 2]], ["a", "b"])).toThrow("confusionMatrix: 2 labels, but 1 rows of 2 counts");
  const small = { pixels: new Uint8Array(9), truth: "1", predicted: "2", confidence: 1 };
  expect(() => worstMistakes([small], [28, 28])).toThrow("worstMistakes: 9 pixels, wanted 28 × 28 = 784");
  const empty = { heading: both("Loss"), note: both("n"), lines: [], x: "epoch" };
  expect(() => curves(empty)).toThrow("curves: 0 lines, wanted 1 or 2 (Loss)");
});

test("a report needs neither highlights nor summary", () => {
  const { highlights: _, summary: __, ...rest } = report;
  const { document } = parseHTML(renderReport(rest));
  expect(document.querySelectorAll(".highlights > div")).toHaveLength(0);
  expect(document.querySelectorAll("section:not(.data) th")).toHaveLength(0);
});
