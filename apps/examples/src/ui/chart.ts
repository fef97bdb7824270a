import { plot } from "asciichart";
import { inGroups, mean } from "../groups.ts";

/** What a chart may be told. */
interface ChartOptions {
  readonly title?: string;
  /** Lines of text, 10 by default. */
  readonly height?: number;
  /** Points across, 60 by default; more values than that are averaged in groups. */
  readonly width?: number;
  /** What one value stands for: `"step"`. */
  readonly unit?: string;
}

/**
 * A line chart of `values` for the terminal. Values that are not finite are left out.
 *
 * @example
 * console.log(chart([2.3, 1.1, 0.6, 0.4], { title: "loss", unit: "epoch" }));
 */
export function chart(
  values: readonly number[],
  { title, height = 10, width = 60, unit = "step" }: ChartOptions = {},
): string {
  const finite = values.filter((value) => Number.isFinite(value));
  const points = inGroups(finite, width).map(mean);
  const lines: string[] = title === undefined ? [] : [title];
  if (points.length === 0) return [...lines, "(no finite values)"].join("\n");
  const level = Math.max(...points) === Math.min(...points);
  // asciichart divides by the range and the height, so a level line gets one of its own
  const scale = level ? { min: Math.min(...points) - 0.5, max: Math.max(...points) + 0.5 } : {};
  lines.push(plot(points, { height: height - 1, format: axisLabel, ...scale }));
  lines.push(`${" ".repeat(10)}${unit} 1 to ${values.length.toLocaleString("en")}`);
  return lines.join("\n");
}

function axisLabel(value: number): string {
  return value.toPrecision(3).padStart(9);
}
