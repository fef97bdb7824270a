import { Linear } from "@dl/layers";
import { cat, erf, gelu, linspace, manualSeed, max, min, randn, sigmoid, silu, type Tensor, tensor } from "@dl/tensor";
import type { Example } from "../../example.ts";
import { file } from "../../flags.ts";
import { curves, graph } from "../../report/curves.ts";
import { writeReport } from "../../report/report.ts";
import { near } from "./_near.ts";
import { slope } from "./_slope.ts";

const example: Example<{ readonly report: string }> = {
  name: "gelu-and-silu",
  title: { ja: "GELU と SiLU: 滑らかな ReLU", en: "GELU and SiLU: ReLU without the corner" },
  ids: ["ACT8", "ACT9"],
  seconds: 1,
  data: "none",
  flags: { report: file("reports/gelu-and-silu.html", "where to draw the curves") },
  async run({ seed, flags, log, claim }) {
    const x = tensor([-3, -1, -0.5, 0, 0.5, 1, 3]);
    // x times the chance that a normal number is smaller: x·Φ(x), with erf as the default, as in PyTorch
    const exact = [-0.0040498674, -0.15865529, -0.15426879, 0, 0.3457312, 0.84134471, 2.9959502];
    await near(claim, "gelu, as PyTorch gives it", gelu(x), exact);
    const byTanh = [-0.0036374331, -0.15880799, -0.154286, 0, 0.345714, 0.84119201, 2.9963627];
    await near(claim, "gelu by tanh, as PyTorch gives it", gelu(x, { approximate: "tanh" }), byTanh);
    // x times its own sigmoid; also called swish
    const swish = [-0.14227761, -0.26894143, -0.18877034, 0, 0.31122968, 0.7310586, 2.8577225];
    await near(claim, "silu, as PyTorch gives it", silu(x), swish);

    const grid = linspace(-10, 10, 2001);
    const byHand = grid.mul(erf(grid.div(Math.SQRT2)).add(1).div(2));
    const apart = await most(gelu(grid), byHand);
    claim("|gelu(x) − x·Φ(x)|, greatest from −10 to 10", apart, "≤ 1e-6", apart <= 1e-6);
    const approximation = await most(gelu(grid), gelu(grid, { approximate: "tanh" }));
    claim("… of the two forms of gelu", approximation, "≤ 1e-3", approximation <= 1e-3);
    const own = await most(silu(grid), grid.mul(sigmoid(grid)));
    claim("|silu(x) − x·σ(x)|", own, "≤ 1e-6", own <= 1e-6);

    // neither is monotone: both dip below 0 before they rise, and have a slope (½) where relu has its corner
    const [dip, deeper] = [await min(gelu(grid)).itemAsync(), await min(silu(grid)).itemAsync()];
    claim("lowest value of gelu and silu", [dip, deeper], "−.170, −.278", lowest(dip, -0.17) && lowest(deeper, -0.278));
    await near(claim, "slopes at 0", cat([slope(gelu, tensor([0])), slope(silu, tensor([0]))]), [0.5, 0.5]);

    // SwiGLU, the form in which PaLM uses it (what GPT-4 uses is not published, whatever the notes say): one linear map
    // passes through silu and opens or closes the other, number by number
    manualSeed(seed);
    const [gate, value] = [new Linear(4, 3, { bias: false }), new Linear(4, 3, { bias: false })];
    const input = randn([2, 4]);
    const gated = silu(gate.forward(input)).mul(value.forward(input));
    log(`SwiGLU of ${input.shape} is ${gated.shape}: ${await gated.cpu()}`);
    // a gate far below 0 shuts: what the other map says does not come through
    const shut = silu(tensor([-100]))
      .mul(1000)
      .abs();
    await near(claim, "a value of 1,000 behind a gate of −100", shut, [0]);

    log(`report: ${await draw(flags.report)}`);
  },
};

export default example;

const lowest = (value: number, wanted: number): boolean => Math.abs(value - wanted) <= 1e-3;

/** How far two curves are apart where they are farthest. */
const most = (a: Tensor, b: Tensor): Promise<number> => max(a.sub(b).abs()).itemAsync();

async function draw(path: string): Promise<string> {
  const grid = linspace(-5, 5, 201);
  return writeReport(path, {
    title: example.title,
    lead: {
      en: "Both look like ReLU from afar and bend where it has a corner.",
      ja: "遠くからは ReLU と同じに見え、ReLU が折れる所で曲がります。",
    },
    sections: [
      curves({
        heading: { en: "GELU and SiLU", ja: "GELU と SiLU" },
        note: { en: "x·Φ(x) and x·σ(x).", ja: "x·Φ(x) と x·σ(x)。" },
        lines: [
          { name: { en: "GELU", ja: "GELU" }, points: await graph(grid, gelu(grid)) },
          { name: { en: "SiLU", ja: "SiLU" }, points: await graph(grid, silu(grid)) },
        ],
        x: "x",
      }),
    ],
    data: { en: "None.", ja: "なし。" },
  });
}
