import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { Html } from "./html.ts";

/** An Observable Plot chart as SVG text, drawn without a browser; `label` is what a screen reader says. */
export function renderPlot(label: string, options: PlotOptions): Html {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return new Html(plot({ ...options, document, ariaLabel: label }).outerHTML);
}
