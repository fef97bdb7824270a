import type { Bilingual } from "../example.ts";
import { writeAtomically } from "../files.ts";
import { type Html, html } from "./html.ts";
import { style } from "./style.ts";

/** A page about one run of an example. */
export interface Report {
  readonly title: Bilingual;
  /** What was done, in a sentence or two. */
  readonly lead: Bilingual;
  /** The few numbers that matter, shown large. */
  readonly highlights?: readonly Highlight[];
  /** Everything else that describes the run: name and value. */
  readonly summary?: readonly (readonly [name: Bilingual, value: string])[];
  /** Curves, confusion matrix, mistakes: what the functions of this folder return. */
  readonly sections: readonly Section[];
  /** Where the data comes from, and under which licence. */
  readonly data: Bilingual;
}

/** A number with its name. */
interface Highlight {
  readonly name: Bilingual;
  readonly value: string;
}

/** One figure of a report under a heading. */
export interface Section {
  readonly heading: Bilingual;
  /** How to read the figure. */
  readonly note: Bilingual;
  readonly figure: Html;
  /** `half` lets two sections stand side by side on a wide screen. */
  readonly width: "half" | "full";
}

/**
 * Writes the report as one HTML file that needs nothing else: no script, no font, no picture from outside.
 *
 * @returns `path`
 */
export function writeReport(path: string, report: Report): string {
  return writeAtomically(path, renderReport(report));
}

/** The HTML of a report. */
export function renderReport({ title, lead, highlights = [], summary = [], sections, data }: Report): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title.en} · ${title.ja}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${bilingual(title)}</h1>
${paragraphs(lead)}
</header>
<dl class="highlights">${highlights.map(({ name, value }) => html`<div><dt>${bilingual(name)}</dt><dd>${value}</dd></div>`)}</dl>
<div class="sections">${sections.map(renderSection)}
${summary.length === 0 ? undefined : summaryTable(summary)}
<section class="half data">
<h2>${bilingual({ ja: "データ", en: "Data" })}</h2>
${paragraphs(data)}
</section>
</div>
</main>
</body>
</html>
`.text;
}

function summaryTable(summary: NonNullable<Report["summary"]>): Html {
  return html`<section class="half">
<h2>${bilingual({ ja: "まとめ", en: "Summary" })}</h2>
<table>${summary.map(([name, value]) => html`<tr><th scope="row">${bilingual(name)}</th><td>${value}</td></tr>`)}</table>
</section>`;
}

function renderSection({ heading, note, figure, width }: Section): Html {
  return html`
<section class="${width}">
<h2>${bilingual(heading)}</h2>
<div class="note">${paragraphs(note)}</div>
${figure}
</section>`;
}

function bilingual({ ja, en }: Bilingual): Html {
  return html`<span lang="en">${en}</span> <span lang="ja">${ja}</span>`;
}

function paragraphs({ ja, en }: Bilingual): Html {
  return html`<p lang="en">${en}</p><p lang="ja">${ja}</p>`;
}
