import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { nodes, nodeVersion, run } from "./processes.ts";
import type { Registry } from "./registry.ts";
import type { Tarball } from "./tarballs.ts";

/** Installs a package, and nothing else by name, from the registry in an empty project and runs its README's example. */
export function checkExample({ name, directory }: Tarball, registry: Registry, scratch: string): void {
  const readme = readFileSync(join(directory, "README.md"), "utf8");
  const code = /^```ts[^\n]*\n([\s\S]*?)^```/m.exec(readme)?.[1];
  if (code === undefined) throw new Error(`try-publish: ${name}: its README has no example`);
  const project = emptyProject(join(scratch, "alone", name), registry);
  run("npm", ["install", name], project);
  writeFileSync(join(project, "example.mjs"), stripTypeScriptTypes(code));
  const versions = nodes().map((node) => {
    run(node, ["example.mjs"], project);
    return nodeVersion(node);
  });
  console.log(`try-publish: ${name}: installs alone, its README's example runs on Node ${versions.join(" and ")}`);
}

const product = [
  [19, 22],
  [43, 50],
];

/** Installs the tarball of @dl/tensor in an empty project and multiplies two matrices by `import` and by `require`. */
export function checkTensorAlone(tensor: Tarball, registry: Registry, scratch: string): string {
  const project = emptyProject(join(scratch, "tarball"), registry);
  run("npm", ["install", tensor.path], project);
  const installed = installedPackages(join(project, "node_modules"));
  const manifest = manifestOf(join(project, "node_modules", tensor.name));
  const declared = [tensor.name, ...Object.keys(manifest.dependencies ?? {})].sort();
  if (installed.join() !== declared.join()) {
    throw new Error(`try-publish: ${tensor.name} brings other packages: installed ${installed}, declared ${declared}`);
  }
  const scripts = installed.filter((name) => {
    const found = manifestOf(join(project, "node_modules", name)).scripts ?? {};
    return ["preinstall", "install", "postinstall"].some((script) => script in found);
  });
  if (scripts.length > 0) throw new Error(`try-publish: install scripts in ${scripts.join(", ")}`);
  const body = "console.log(JSON.stringify(matmul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])).tolist()));\n";
  writeFileSync(join(project, "import.mjs"), `import { matmul, tensor } from "${tensor.name}";\n${body}`);
  writeFileSync(join(project, "require.cjs"), `const { matmul, tensor } = require("${tensor.name}");\n${body}`);
  for (const node of nodes()) {
    for (const file of ["import.mjs", "require.cjs"]) {
      const printed = run(node, [file], project, { NODE_NO_WARNINGS: "1" }).trim();
      if (printed !== JSON.stringify(product)) throw new Error(`try-publish: ${file} printed ${printed}`);
    }
    console.log(`try-publish: ${tensor.name} tarball: import and require multiply on Node ${nodeVersion(node)}`);
  }
  const size = folderSize(join(project, "node_modules"));
  console.log(
    `try-publish: ${tensor.name} tarball: installs ${installed.length} packages (${installed.join(", ")}), ${(size / 1e6).toFixed(1)} MB in all; no install script, and nothing for the GPU (webgpu, gpu.js)`,
  );
  return project;
}

function emptyProject(project: string, { npmrc }: Registry): string {
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", version: "1.0.0", private: true }));
  writeFileSync(join(project, ".npmrc"), npmrc);
  return project;
}

function installedPackages(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(join(directory, name)).map((inner) => `${name}/${inner}`) : [name],
    )
    .sort();
}

function folderSize(directory: string): number {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((file) => statSync(join(directory, file)))
    .reduce((sum, each) => sum + (each.isFile() ? each.size : 0), 0);
}

function manifestOf(directory: string): {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
} {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}
