import { type DType, newArray, type TypedArray } from "../../dtype.ts";
import { givenBack, Storage } from "../../storage.ts";
import type { Device } from "../device.ts";

/** The reference device: plain typed arrays and TypeScript loops, every op and dtype. It is what is right. */
export const cpu: Device = {
  name: "cpu",
  allocate: (dtype, size) => new HostStorage(dtype, newArray(dtype, size)),
  upload: (dtype, data) => new HostStorage(dtype, data.slice()),
  read: async (storage) => storage.data.slice(),
  run: (op, inputs, output, attrs) => op.reference(inputs, output, attrs),
};

/** Elements in an ordinary typed array. */
export class HostStorage extends Storage {
  #data: TypedArray | undefined;

  constructor(dtype: DType, data: TypedArray) {
    super(cpu, dtype, data.length);
    this.#data = data;
  }

  get data(): TypedArray {
    if (this.#data === undefined) throw givenBack();
    return this.#data;
  }

  get disposed(): boolean {
    return this.#data === undefined;
  }

  dispose(): void {
    this.#data = undefined;
  }
}
