import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { findChromium, noChromium } from "@dl/browser";
import { build, preview } from "vite";

const page = `<!doctype html>
<title>page</title>
<p id="answer">waiting</p>
<script type="module" src="/page.js"></script>
`;

const script = `import { currentDevice, matmul, tensor } from "@dl/tensor";
const product = matmul(tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])).tolist();
document.querySelector("#answer").textContent = JSON.stringify(product) + " on " + currentDevice().name;
`;

/** Bundles a page that multiplies two matrices and opens it in Chromium (`CHROME_PATH`, or the first one of the PATH). */
export async function checkPage(project: string): Promise<void> {
  writeFileSync(join(project, "index.html"), page);
  writeFileSync(join(project, "page.js"), script);
  await build({ root: project, logLevel: "error", configFile: false });
  const assets = join(project, "dist/assets");
  for (const file of readdirSync(assets)) {
    const bytes = readFileSync(join(assets, file));
    console.log(`try-publish: page: ${file} ${bytes.length} bytes (${gzipSync(bytes).length} gzip)`);
  }
  checkNoGpu(assets);
  const chromium = findChromium();
  if (chromium === undefined) throw new Error(`try-publish: page: ${noChromium}`);
  const server = await preview({
    root: project,
    logLevel: "error",
    configFile: false,
    preview: { host: "127.0.0.1", port: 0 },
  });
  try {
    const url = server.resolvedUrls?.local[0];
    if (url === undefined) throw new Error("try-publish: page: no address");
    const { stdout } = await promisify(execFile)(chromium, [...flags, "--dump-dom", url], { timeout: 120_000 });
    const answer = /<p id="answer">([^<]*)</.exec(stdout)?.[1];
    if (!answer?.startsWith("[[19,22],[43,50]]")) throw new Error(`try-publish: page says ${answer ?? stdout}`);
    console.log(`try-publish: page: ${answer}`);
  } finally {
    await server.close();
  }
}

const flags: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--virtual-time-budget=10000",
];

/** Throws where the script that the page loads at once holds code of the GPU, which the page does not import. */
function checkNoGpu(assets: string): void {
  const html = readFileSync(join(assets, "../index.html"), "utf8");
  const loaded = [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, file = ""]) => file);
  const holding = loaded.filter((file) =>
    /createComputePipeline|requestAdapter/.test(readFileSync(join(assets, file), "utf8")),
  );
  if (holding.length > 0) throw new Error(`try-publish: page: code of the GPU in ${holding.join(", ")}`);
  console.log(
    `try-publish: page: nothing of the GPU in ${loaded.join(", ")}: it is loaded by useDevice("auto") or ./gpu alone`,
  );
}
