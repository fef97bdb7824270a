import { type Device, type Tensor, tensor } from "@dl/tensor";
import { gpu, gpuInfo } from "@dl/tensor/gpu";
import { describe, expect, it } from "vitest";
import { Adam, type Optimizer, SGD } from "../src/index.ts";
import { parameter } from "./parameter.ts";

const info = await gpuInfo();

describe.skipIf(!info.available)(`on the GPU${info.available ? "" : ` (skipped: ${info.reason})`}`, async () => {
  const device: Device = info.available ? await gpu() : tensor(0).device;

  const there = (values: number[], gradient: number[]): Tensor => {
    const p = parameter(values, gradient);
    const moved = p.detach().to(device);
    moved.tracer = p.tracer;
    moved.grad = tensor(gradient).to(device);
    return moved;
  };

  it.each<[string, (p: Tensor) => Optimizer]>([
    ["SGD", (p) => new SGD([p], { lr: 0.1, momentum: 0.9 })],
    ["Adam", (p) => new Adam([p], { lr: 0.1, amsgrad: true })],
  ])("%s keeps its state there, and goes there and back with it", async (_, optimizer) => {
    const stayed = parameter([1, 2], [0.5, -1]);
    const reference = optimizer(stayed);
    const first = parameter([1, 2], [0.5, -1]);
    const before = optimizer(first);
    for (const each of [reference, before]) each.step();

    const away = there([...first.detach().toArray()], [0.5, -1]);
    const onGpu = optimizer(away);
    onGpu.loadStateDict(before.stateDict());
    expect(tensorsOf(onGpu).every((each) => each.device === device)).toBe(true);
    for (const each of [reference, onGpu]) each.step();
    expect(tensorsOf(onGpu).every((each) => each.device === device)).toBe(true);

    const back = parameter([...(await away.detach().read())], [0.5, -1]);
    const after = optimizer(back);
    expect(() => after.loadStateDict(onGpu.stateDict())).toThrow("use await x.read()");
    after.loadStateDict(await onGpu.cpuStateDict());
    for (const each of [reference, after]) each.step();
    for (const [i, value] of stayed.detach().toArray().entries())
      expect(back.detach().at(i).item()).toBeCloseTo(value, 5);
  });

  it("a gradient on another device is an error that names both", () => {
    const p = there([1, 2], [0, 0]);
    expect(() => {
      p.grad = tensor([1, 1]);
    }).toThrow(/^grad: must have the dtype and device of the tensor: float32 on (wasm|cpu) and float32 on gpu$/);
  });
});

const tensorsOf = ({ state }: Optimizer): Tensor[] =>
  [...state.values()].flatMap((each) => Object.values(each).filter((value) => typeof value === "object"));
