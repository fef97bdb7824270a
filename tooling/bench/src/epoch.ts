import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Mnist, mnist } from "@dl/data";
import { Child } from "./child.ts";
import { commands, findPyTorch, type LibraryName } from "./libraries.ts";
import { writeInputs } from "./numbers.ts";
import type { FileOfNumbers, Files } from "./protocol.ts";
import { epochParameters } from "./suite.ts";

const aim = 1.3;
const batch = 64;
/** Batches in one turn: the two take turns, so that what the machine does meanwhile hits both. */
const turn = 67;

interface Side {
  readonly name: LibraryName;
  readonly child: Child;
  seconds: number;
}

/** One epoch of the MNIST example against the same network, batch size, initial values and order in PyTorch. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { images: { type: "string", default: "60000" } } });
  const images = Number(values.images);
  if (!Number.isInteger(images) || images < batch || images > 60000)
    throw new RangeError(`epoch: --images must be a whole number from ${batch} to 60000, got ${values.images}`);
  const { python, why } = findPyTorch();
  const folder = mkdtempSync(join(tmpdir(), "dl-epoch-"));
  const sides: Side[] = [...commands(python)]
    .filter(([name]) => name === "dl" || name === "pytorch")
    .map(([name, command]) => ({ name, child: new Child(command), seconds: 0 }));
  try {
    const files = await write(folder, images);
    for (const { name, child } of sides) {
      const { versions, threads } = await child.ask({ ask: "hello" }, 60_000);
      console.log(`${name}: ${versions}, threads: ${threads}`);
      await child.ask({ ask: "load", case: "epoch", files, output: join(folder, `${name}.out`) }, 120_000);
    }
    if (python === undefined) console.log(`PyTorch did not run: ${why}`);
    const batches = Math.ceil(images / batch);
    for (let done = 0; done < batches; done += turn) {
      const steps = Math.min(turn, batches - done);
      for (const side of sides) side.seconds += (steps * (await timed(side.child, steps))) / 1000;
    }
    for (const { name, child, seconds } of sides) {
      const { score } = await child.ask({ ask: "score" }, 120_000);
      console.log(`${name}: ${seconds.toFixed(1)} s for ${images} images, test accuracy ${(100 * score).toFixed(2)} %`);
    }
    const [ours, theirs] = sides;
    if (ours === undefined || theirs === undefined) return;
    const ratio = ours.seconds / theirs.seconds;
    console.log(`epoch: ${ratio.toFixed(2)} × PyTorch with one thread, ${ratio <= aim ? "within" : "OVER"} ${aim}`);
  } finally {
    for (const { child } of sides) child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const timed = async (child: Child, steps: number): Promise<number> =>
  (await child.ask({ ask: "time", steps }, 600_000)).ms;

async function write(folder: string, images: number): Promise<Files> {
  const save = (name: string, data: Uint8Array | Int32Array, shape: number[]): FileOfNumbers => {
    const file = join(folder, name);
    writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { file, shape, dtype: data instanceof Int32Array ? "int32" : "uint8" };
  };
  const part = async (
    { images, labels }: Mnist,
    prefix: string,
    count: number,
  ): Promise<Record<string, FileOfNumbers>> => {
    const pixels = Uint8Array.from((await images.read()).subarray(0, count * 28 * 28));
    const digits = Int32Array.from((await labels.read()).subarray(0, count));
    const [imageName, labelName] = prefix === "" ? ["images", "labels"] : [`${prefix}Images`, `${prefix}Labels`];
    return {
      [imageName]: save(imageName, pixels, [count, 28, 28]),
      [labelName]: save(labelName, digits, [count]),
    };
  };
  const { parameters } = writeInputs(folder, epochParameters);
  return {
    inputs: {
      ...(await part(await mnist({ from: import.meta.url }), "", images)),
      ...(await part(await mnist({ train: false, from: import.meta.url }), "test", 10000)),
    },
    parameters,
  };
}

await main();
