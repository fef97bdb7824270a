/** What answers when a GPU is asked for, or why nothing does. */
export type GpuInfo =
  | {
      readonly available: true;
      /** As the driver calls it. */
      readonly adapter: string;
      /** The driver computes on the CPU: right, but slow. `useDevice("auto")` does not take it. */
      readonly software: boolean;
    }
  | { readonly available: false; readonly reason: string };

/**
 * The adapter that `gpu()` would use, and whether it is software. Starts nothing and never throws. While
 * an adapter refuses to start, that is the reason given.
 *
 * @example
 * typeof (await gpuInfo()).available; // => "boolean"
 */
export async function gpuInfo(): Promise<GpuInfo> {
  if (refusal !== undefined) return { available: false, reason: refusal };
  const found = await findAdapter().catch((error: unknown) => `no adapter answers: ${messageOf(error)}`);
  if (typeof found === "string") return { available: false, reason: found };
  const adapter = nameOf(found);
  const words = wordsOf(found);
  return { available: true, adapter, software: found.info.isFallbackAdapter || softwareNames.test(words) };
}

let refusal: string | undefined;

/** Starts an adapter. Where it refuses, the error says so, and `gpuInfo` until it starts. */
export async function startAdapter(adapter: GPUAdapter): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage } = adapter.limits;
  const requiredLimits = { maxBufferSize, maxStorageBufferBindingSize, maxStorageBuffersPerShaderStage };
  try {
    const device = await adapter.requestDevice({ requiredLimits });
    refusal = undefined;
    return device;
  } catch (error) {
    refusal = `${nameOf(adapter)} does not start: ${messageOf(error)}`;
    throw new Error(`gpu: ${refusal}`, { cause: error });
  }
}

const wordsOf = ({ info }: GPUAdapter): string =>
  [info.vendor, info.architecture, info.device, info.description].filter((word) => word !== "").join(" ");

const nameOf = (adapter: GPUAdapter): string => adapter.info.description || wordsOf(adapter) || "unnamed";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Drivers that compute on the CPU: not all of them say so. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

/** An adapter, or the sentence that says what to do to get one. */
export async function findAdapter(): Promise<GPUAdapter | string> {
  const inBrowser = typeof navigator === "object" ? navigator.gpu : undefined;
  const entry = inBrowser ?? (await entryOfNode());
  if (typeof entry === "string") return entry;
  const adapter = await entry.requestAdapter({ powerPreference: "high-performance" });
  return (
    adapter ??
    (inBrowser === undefined
      ? noDriver
      : "navigator.gpu offers no adapter: switch on hardware acceleration in the browser")
  );
}

const noDriver =
  "no Vulkan, Metal or Direct3D driver answers: install the driver of the graphics card; for one in software on Debian: " +
  "apt-get install chromium libvulkan1, then set VK_ICD_FILENAMES=/usr/lib/chromium/vk_swiftshader_icd.json";

/** The npm package `webgpu`, an optional peer. Not a literal, or bundlers for browsers would look for it. */
const nodePackage = "webgpu";

/** Kept, or the adapters it gave would be collected with it. */
let nodeEntry: GPU | undefined;

async function entryOfNode(): Promise<GPU | string> {
  if (nodeEntry !== undefined) return nodeEntry;
  if (typeof process !== "object" || process.versions?.node === undefined) return "this browser has no WebGPU";
  try {
    const { create }: { create(options: readonly string[]): GPU } = await import(
      /* @vite-ignore */ /* webpackIgnore: true */ nodePackage
    );
    nodeEntry = create([]);
    return nodeEntry;
  } catch (error) {
    return `the package "webgpu" does not load: npm install webgpu (${messageOf(error)})`;
  }
}
