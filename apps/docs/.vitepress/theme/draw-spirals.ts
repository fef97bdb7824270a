import type { Spirals } from "../../demo/spiral.ts";

const cells = 64;
const radius = 3.5;

/** What the network says of every place, blue by white to orange, and the points it learns from. */
export function drawSpirals(canvas: HTMLCanvasElement, { points, field }: Spirals): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const size = canvas.width;
  const cell = size / cells;
  const values = field(cells);
  for (let i = 0; i < cells * cells; i++) {
    context.fillStyle = colourOf(values[i] ?? 0);
    context.fillRect((i % cells) * cell, Math.floor(i / cells) * cell, cell, cell);
  }
  context.strokeStyle = "#ffffff";
  for (const [x, y, label] of points) {
    context.beginPath();
    context.arc(((x + 1) / 2) * size, ((1 - y) / 2) * size, radius, 0, 2 * Math.PI);
    context.fillStyle = label === 1 ? "#d9480f" : "#1864ab";
    context.fill();
    context.stroke();
  }
}

function colourOf(probability: number): string {
  const far = Math.min(1, 2 * Math.abs(probability - 0.5));
  const end = probability > 0.5 ? [255, 192, 140] : [150, 205, 255];
  return `rgb(${end.map((channel) => Math.round(255 + far * (channel - 255))).join(" ")})`;
}
