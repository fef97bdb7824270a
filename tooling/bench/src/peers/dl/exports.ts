/** Names of the kernels of the largest WebAssembly module so far, by their index, which is what a profile shows. */
export function kernelNames(): ReadonlyMap<string, string> {
  return largest;
}

let largest = new Map<string, string>();

const { Instance } = WebAssembly;

// Kernels carry no names in the published bytes; this must run before the library makes its module.
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    const found = Object.entries(this.exports).flatMap(([name, value]): [string, string][] =>
      typeof value === "function" ? [[value.name, name]] : [],
    );
    if (found.length > largest.size) largest = new Map(found);
  }
};
