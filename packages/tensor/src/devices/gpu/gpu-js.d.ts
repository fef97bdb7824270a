/** The part of GPU.js 2.24.1 that translates kernel source to WGSL. Its own declarations cover the main entry only. */
declare module "gpu.js/src/backend/web-gpu/kernel.js" {
  type ValueType = "Float" | "Integer";

  interface KernelFunction {
    name: string;
    source: string;
    argumentTypes: readonly ValueType[];
    returnType: ValueType;
  }

  interface NativeFunction {
    name: string;
    /** WGSL; it is called as its name with `fn_` in front. */
    source: string;
    argumentTypes: Readonly<Record<string, ValueType>>;
    returnType: ValueType;
  }

  export class WebGPUKernel {
    constructor(
      source: string,
      settings: {
        output: readonly number[];
        argumentTypes: readonly ValueType[];
        functions: readonly KernelFunction[];
        nativeFunctions: readonly NativeFunction[];
      },
    );
    setupConstants(): void;
    setupArguments(values: readonly number[]): void;
    validateSettings(values: readonly number[]): void;
    translateSource(): void;
    /** The WGSL of `functions`, each under its name with `fn_` in front; null before `translateSource`. */
    readonly translatedFunctions: string | null;
  }
}
