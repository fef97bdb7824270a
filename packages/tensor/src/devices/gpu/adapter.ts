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
 * The adapter that `gpu()` would use, and whether it is software. Starts nothing and never throws.
 *
 * @example
 * typeof (await gpuInfo()).available; // => "boolean"
 */
export async function gpuInfo(): Promise<GpuInfo> {
  const found = await findAdapter();
  if (typeof found === "string") return { available: false, reason: found };
  const { vendor, architecture, device, description, isFallbackAdapter } = found.info;
  const words = [vendor, architecture, device, description].filter((word) => word !== "").join(" ");
  return {
    available: true,
    adapter: description || words || "unnamed",
    software: isFallbackAdapter || softwareNames.test(words),
  };
}

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
    return `the package "webgpu" does not load: npm install webgpu (${error instanceof Error ? error.message : String(error)})`;
  }
}
