import { SGD } from "@dl/optim";
import { select, type Tensor, useDevice } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { short } from "../../figures.ts";
import { file } from "../../flags.ts";
import { curves } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { type Point, walk } from "./_walk.ts";

/** The two valleys, and the pass between them: where the gradient is 0. */
const deep: Point = [(-0.6 - Math.sqrt(64.36)) / 8, 0];
const shallow: Point = [(-0.6 + Math.sqrt(64.36)) / 8, 0];
const between: Point = [0, 0];

const example: Example<{ readonly report: string }> = {
  name: "local-minima",
  title: { ja: "局所的最適解と大域的最適解", en: "Local and global minima" },
  ids: ["TRAIN11"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/local-minima.html", "where to draw the ways") },
  async run({ flags, log, claim }) {
    // float64, which GPUs lack
    await useDevice("cpu");
    const arrives = (name: string, way: readonly Point[], at: Point): void => {
      const [x, y] = way.at(-1) as Point;
      const distance = Math.hypot(x - at[0], y - at[1]);
      claim(`${name}: ends at`, `(${short(x)}, ${short(y)})`, `(${short(at[0])}, ${short(at[1])})`, distance < 1e-3);
    };
    // the same rule, another start, another end
    const fromLeft = await descend([-0.3, 1], 0);
    const fromRight = await descend([0.3, 1], 0);
    arrives("start (−.3, 1)", fromLeft, deep);
    arrives("start (.3, 1)", fromRight, shallow);
    // where the gradient is 0 there is no direction to go, even if it is the top of a ridge
    arrives("start where the gradient is 0", await descend(between, 0), between);
    // momentum rolls through the shallow valley and over the pass; from the same start plain descent stays
    const plain = await descend([1.9, 1], 0);
    const rolling = await descend([1.9, 1], 0.9);
    arrives("start (1.9, 1), no momentum", plain, shallow);
    arrives("start (1.9, 1), momentum .9", rolling, deep);
    log(`heights: ${short(heightAt(deep))} and ${short(heightAt(shallow))}`);
    log(`report: ${draw(flags.report, plain, rolling)}`);
  },
};

export default example;

/** (x² − 1)² + .2 x³ + y²: two valleys, the left one deeper. */
function height(p: Tensor): Tensor {
  const [x, y] = [select(p, 0, 0), select(p, 0, 1)];
  return x.square().sub(1).square().add(x.pow(3).mul(0.2)).add(y.square());
}

const heightAt = ([x, y]: Point): number => (x * x - 1) ** 2 + 0.2 * x ** 3 + y * y;

/** The way of 1,000 steps of gradient descent. */
const descend = (start: Point, momentum: number): Promise<Point[]> =>
  walk(height, start, 1000, (params) => new SGD(params, { lr: 0.01, momentum }));

function draw(path: string, plain: readonly Point[], rolling: readonly Point[]): string {
  const over = (way: readonly Point[], of: (point: Point) => number): [number, number][] =>
    way.slice(0, 200).map((point, i) => [i, of(point)]);
  const lines = (of: (point: Point) => number) => [
    { name: { en: "no momentum", ja: "慣性なし" }, points: over(plain, of) },
    { name: { en: "momentum .9", ja: "慣性 0.9" }, points: over(rolling, of) },
  ];
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Two valleys, (x² − 1)² + .2 x³ + y². Which one is found depends on the start, and on speed.",
      ja: "谷が 2 つある関数 (x² − 1)² + 0.2x³ + y²。どちらに着くかは、出発点と勢いで決まります。",
    },
    sections: [
      curves({
        heading: { en: "Place along x", ja: "x の位置" },
        note: { en: "The pass is at x = 0.", ja: "峠は x = 0。" },
        lines: lines(([x]) => x),
        x: "step",
      }),
      curves({
        heading: { en: "Height", ja: "高さ" },
        note: { en: "The way to the deeper valley leads uphill.", ja: "深い谷へは、いったん登ります。" },
        lines: lines(heightAt),
        x: "step",
      }),
    ],
    data: { en: "none: a function of two numbers", ja: "なし（2 変数の関数）" },
  });
}
