import { Html } from "./html.ts";

/** The one look of all reports, in light and dark; figures use its colours by name. */
export const style: Html = new Html(`
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #14161a);
  --card: light-dark(#ffffff, #1d2026);
  --line: light-dark(#e2e5ea, #31353d);
  --ink: light-dark(#1b1f27, #e8eaee);
  --quiet: light-dark(#626a78, #9ba3b1);
  --first: light-dark(#2563c9, #7aa7f7);
  --second: light-dark(#c8501e, #f2935c);
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--page);
  color: var(--ink);
  font: 16px/1.6 system-ui, "Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP", sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 40px 20px 56px; }
h1 { margin: 0 0 16px; font-size: 32px; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h1 [lang="ja"] { display: block; margin-top: 4px; font-size: 19px; font-weight: 500; letter-spacing: 0; color: var(--quiet); }
h2 { margin: 0 0 6px; font-size: 18px; line-height: 1.4; }
h2 [lang="ja"] { margin-left: 6px; font-size: 15px; font-weight: 500; color: var(--quiet); }
p { margin: 0; max-width: 80ch; word-break: auto-phrase; }
p[lang="ja"] { color: var(--quiet); }
.note, .data { font-size: 14px; }
.note { margin-bottom: 16px; }
.highlights { display: flex; flex-wrap: wrap; gap: 16px 48px; margin: 28px 0; }
.highlights dt { font-size: 14px; color: var(--quiet); }
.highlights dd { margin: 0; font-size: 30px; line-height: 1.3; font-weight: 650; font-variant-numeric: tabular-nums; }
.highlights > :first-child dd { color: var(--first); }
.sections { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px; }
section { display: flex; flex-direction: column; padding: 20px 24px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
section.full { grid-column: 1 / -1; }
.data p + p { margin-top: 8px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 0; border-top: 1px solid var(--line); text-align: left; font-weight: 400; vertical-align: baseline; }
tr:first-child > * { border-top: 0; }
th [lang="ja"] { margin-left: 4px; font-size: 14px; color: var(--quiet); }
td { text-align: right; overflow-wrap: anywhere; }
figure { margin: auto 0 0; }
.chart svg { display: block; margin: 0 auto; width: 100%; height: auto; font-family: inherit; background: none; }
.chart.wide { overflow-x: auto; }
.chart.wide svg { min-width: 560px; max-width: 820px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0 0 4px; padding: 0; list-style: none; font-size: 14px; }
.legend li::before { content: ""; display: inline-block; width: 18px; height: 3px; margin-right: 8px; vertical-align: middle; border-radius: 2px; background: var(--colour); }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(164px, 1fr)); gap: 16px; margin: 0; padding: 0; list-style: none; }
.mistakes li { display: flex; align-items: center; gap: 12px; font-variant-numeric: tabular-nums; }
.mistakes img { display: block; width: 84px; height: auto; border-radius: 6px; image-rendering: pixelated; filter: invert(0.96); }
.mistakes b { display: block; font-size: 18px; line-height: 1.4; }
.mistakes b span { color: var(--second); }
.mistakes small { font-size: 13px; color: var(--quiet); }
@media (prefers-color-scheme: dark) { .mistakes img { filter: none; } }
@media (max-width: 760px) {
  .sections { grid-template-columns: minmax(0, 1fr); }
  section { padding: 16px; }
  main { padding-top: 24px; }
}
@media print { section { break-inside: avoid; } }
`);
