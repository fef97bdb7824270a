import { add, currentDevice, matmul, randn, silu, type Tensor, useDevice } from "@dl/tensor";
import { type GpuInfo, gpu, gpuInfo } from "@dl/tensor/gpu";
import type { Context, Example } from "../../example.ts";
import { integer } from "../../flags.ts";

interface Values {
  readonly size: number;
}

const gpuHello: Example<Values> = {
  name: "gpu-hello",
  title: { ja: "GPU で計算する", en: "Computing on the GPU" },
  ids: [],
  seconds: 2,
  data: "none",
  flags: { size: integer(256, "rows and columns of the matrices", { min: 1, max: 4096 }) },
  async run(context) {
    const info = await gpuInfo();
    await showChoice(info, context);
    if (info.available) await compareWithCpu(context);
    else context.claim("without an adapter, says what to install", info.reason !== "", true, info.reason !== "");
  },
};

export default gpuHello;

/** Prints which adapter answers and what `useDevice("auto")` makes of it. */
async function showChoice(info: GpuInfo, { log, claim }: Context<Values>): Promise<void> {
  const before = currentDevice();
  const chosen = (await useDevice("auto")).name;
  await useDevice(before);
  if (info.available) log(`adapter: ${info.adapter} (${info.software ? "software" : "hardware"})`);
  else log(`adapter: none: ${info.reason}`);
  log(`auto chose: ${chosen}${info.available && info.software ? ", because the adapter is software" : ""}`);
  const real = info.available && !info.software;
  claim("auto takes the GPU only where it is real", chosen, real ? "gpu" : "cpu or wasm", (chosen === "gpu") === real);
}

/** Runs a chain of products and activations on the GPU without reading back, then once on the CPU. */
async function compareWithCpu({ flags: { size }, log, metric, claim }: Context<Values>): Promise<void> {
  const device = await gpu();
  const [x, weight, bias, head] = [randn([size, size]), randn([size, size]), randn([size]), randn([size])];
  const chain = (a: Tensor, w: Tensor, b: Tensor, h: Tensor): Tensor => matmul(silu(add(matmul(a, w), b)), h);
  const onGpu = chain(x.to(device), weight.to(device), bias.to(device), head.to(device));
  log(`on the GPU: ${onGpu}`);
  const actual = Array.from(await onGpu.read());
  const expected = Array.from(await chain(x, weight, bias, head).read());
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const furthest = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))), 0);
  log(
    `read back: ${actual
      .slice(0, 5)
      .map((value) => value.toFixed(3))
      .join(", ")} …`,
  );
  metric("largest value", largest);
  metric("largest difference from the CPU", furthest);
  claim("difference, relative to the largest value", furthest / largest, "< 1e-5", furthest / largest < 1e-5);
}
