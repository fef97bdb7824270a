import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

const tensor = join(import.meta.dirname, "../../packages/tensor");
const generated = join(tensor, "src/devices/wasm/kernels.generated.ts");
const compiler = fileURLToPath(new URL("../bin/asc.js", import.meta.resolve("assemblyscript/asc")));

const options = "--runtime stub -O3 --converge --noAssert --importMemory --maximumMemory 65536 --enable simd".split(
  " ",
);
const relaxed = [...options, "--enable", "relaxed-simd"];

/** Writes the kernels as base64 into the package; with `--check` it fails if the file is not what the sources give. */
async function build(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const text = await render();
  if (!values.check) {
    writeFileSync(generated, text);
    return;
  }
  if (text === readFileSync(generated, "utf8")) return;
  console.error("wasm: kernels.generated.ts is not what packages/tensor/assembly gives: run pnpm wasm");
  process.exitCode = 1;
}

/** The generated file, from the sources. */
async function render(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "dl-wasm-"));
  try {
    const [fused, plain] = await Promise.all([
      compile(relaxed, join(directory, "relaxed.wasm")),
      compile(options, join(directory, "simd.wasm")),
    ]);
    return [
      "// Built from packages/tensor/assembly by tooling/wasm/build.ts.\n",
      constant("relaxedKernels", "With relaxed SIMD, whose multiply-add rounds once", fused),
      constant("simdKernels", "With SIMD alone", plain),
    ].join("\n");
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** One module. Throws with the compiler's words at any error or warning. */
async function compile(flags: readonly string[], file: string): Promise<Buffer> {
  const entry = join(tensor, "assembly/index.ts");
  const { stderr } = await promisify(execFile)(process.execPath, [compiler, entry, ...flags, "--outFile", file]);
  if (stderr.includes("WARNING")) throw new Error(`wasm: the compiler warns:\n${stderr}`);
  return readFileSync(file);
}

function constant(name: string, about: string, module: Buffer): string {
  return `/** ${about}: ${module.length} bytes. */\nexport const ${name}: string =\n  "${module.toString("base64")}";\n`;
}

await build();
