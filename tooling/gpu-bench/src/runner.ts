import { join } from "node:path";
import { gpuMain } from "@dl/bench/gpu";
import { command } from "@dl/conformance/command";
import { gpuInfo } from "@dl/tensor/gpu";

const here = import.meta.dirname;
const [name = "", ...rest] = process.argv.slice(2);

const commands: Readonly<Record<string, () => Promise<number>>> = {
  adapter: async () => {
    console.log(JSON.stringify(await gpuInfo(), null, 2));
    return 0;
  },
  bench: async () => ((await gpuMain(rest, join(here, "bench-page"))) ? 0 : 1),
  conformance: () => command(["--dir", join(here, "data"), "--device", "gpu", ...rest], join(here, "conformance-page")),
};

const chosen = commands[name];
if (chosen === undefined) console.error(`run: wants ${Object.keys(commands).join(", ")}`);
process.exitCode = chosen === undefined ? 2 : await chosen();
