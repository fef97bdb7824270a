import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkExample, checkTensorAlone } from "./consumer.ts";
import { checkPage } from "./page.ts";
import { root, run } from "./processes.ts";
import { startRegistry } from "./registry.ts";
import { lint, pack, printSizes, type Tarball } from "./tarballs.ts";

/** From the lowest floor up, so that each finds its dependencies in the registry. */
const packages = ["tensor", "autograd", "data", "io", "metrics", "native", "optim", "layers", "losses", "train"];

/**
 * Builds and packs every package, lints the tarballs, publishes them to a registry of its own, installs each alone in an
 * empty project and runs its README's example there, and uses the packed @dl/tensor by `import`, by `require` and in a
 * page. Nothing leaves this machine.
 */
async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "dl-publish-"));
  try {
    run("turbo", ["run", "build", "--filter=./packages/*", "--output-logs=errors-only"], root);
    const tarballs: Tarball[] = packages.map((name) => pack(name, scratch));
    for (const tarball of tarballs) {
      await lint(tarball);
      printSizes(tarball);
    }
    const registry = await startRegistry(scratch);
    try {
      for (const { path } of tarballs) registry.publish(path);
      for (const tarball of tarballs) checkExample(tarball, registry, scratch);
      const [tensor] = tarballs;
      if (tensor === undefined) throw new Error("try-publish: no package");
      const project = checkTensorAlone(tensor, registry, scratch);
      await checkPage(project);
    } finally {
      await registry.stop();
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log("try-publish: all pass");
}

await main();
