import { cpu } from "./cpu/cpu.ts";
import type { Device } from "./device.ts";
import { wasm } from "./wasm/wasm.ts";

let current: Device | undefined;

/** The device on which tensors are created: WebAssembly where it has SIMD, else the reference loops. */
export function currentDevice(): Device {
  current ??= wasm() ?? cpu;
  return current;
}

/** Any device by itself, or one that has to be started first, such as `gpu()`. */
export type DeviceChoice = "cpu" | "wasm" | Device | Promise<Device>;

/**
 * Creates tensors on `device` from now on, and says which it is. `cpu` and `wasm` take effect at once, others once the
 * promise settles. `auto` is the GPU where a real one answers, not one in software, else WebAssembly or the CPU;
 * `gpuInfo()` of `@dl/tensor/gpu` tells why.
 *
 * @example
 * await useDevice("cpu");
 * currentDevice().name; // => "cpu"
 */
export function useDevice(device: DeviceChoice | "auto"): Promise<Device> {
  const chosen = device === "auto" ? import("./gpu/index.ts").then(({ auto }) => auto()) : resolveDevice(device);
  return chosen instanceof Promise ? chosen.then(setCurrent) : Promise.resolve(setCurrent(chosen));
}

function setCurrent(device: Device): Device {
  current = device;
  return device;
}

/** A device that tensors can be made on at once. */
export type ReadyDevice = "cpu" | "wasm" | Device;

/** The device that `who` is given. Throws where it has not started. */
export function readyDevice(who: string, device: ReadyDevice): Device {
  const found = device === "cpu" || device === "wasm" ? resolveDevice(device) : checked(who, device);
  if (found instanceof Promise) throw new TypeError(`${who}: the device is not ready yet: await it first`);
  return found;
}

/** `device`, unless plain JavaScript passed something else. */
function checked<D extends Device | Promise<Device>>(who: string, device: D): D {
  if (typeof device === "object" && device !== null) return device;
  throw new TypeError(`${who}: a device is "cpu", "wasm" or one that was started, got ${String(device)}`);
}

/** The device a name stands for. */
function resolveDevice(device: DeviceChoice): Device | Promise<Device> {
  if (device === "cpu") return cpu;
  if (device !== "wasm") return checked("useDevice", device);
  const found = wasm();
  if (found === undefined)
    throw new Error('useDevice: this engine has no WebAssembly SIMD, or may not compile it here: use "cpu"');
  return found;
}
