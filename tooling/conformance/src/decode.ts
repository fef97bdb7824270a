import { type DType, type Tensor, tensor } from "@dl/tensor";
import { isList, isObject, type Json } from "./case.ts";
import type { StoredTensor } from "./safetensors.ts";
import { DTypeValue, EllipsisValue, SliceValue, type Value } from "./value.ts";

/** What a result should be: a tensor with its dtype, or a plain value. */
export type Expected =
  | {
      readonly kind: "tensor";
      readonly dtype: DType;
      readonly shape: readonly number[];
      readonly data: StoredTensor["data"];
    }
  | { readonly kind: "value"; readonly value: Value };

/** Turns what a case says into tensors and plain values. */
export class Decoder {
  readonly #tensors: ReadonlyMap<string, StoredTensor>;

  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    this.#tensors = tensors;
  }

  /** An argument. Variables of a program come from `variables`. */
  value(json: Json | undefined, variables: ReadonlyMap<string, Value> = new Map()): Value {
    if (json === undefined || json === null || typeof json !== "object") return json;
    if (isList(json)) return json.map((item) => this.value(item, variables));
    if (!isObject(json)) return undefined;
    if ("$t" in json) return this.tensor(json);
    if ("$float" in json) return special(json["$float"]);
    if ("$dtype" in json) return new DTypeValue(libraryType(json["$dtype"]));
    if ("$slice" in json) return new SliceValue(sliceBounds(json["$slice"]));
    if ("$ellipsis" in json) return new EllipsisValue();
    if ("$value" in json) return this.value(json["$value"], variables);
    if ("$var" in json) return variable(json["$var"], variables);
    return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, this.value(item, variables)]));
  }

  /** A new tensor on the current device. */
  tensor(json: Json | undefined): Tensor {
    const { dtype, shape, data } = this.#stored(json);
    return tensor(data, { dtype, shape });
  }

  /** A result to compare with. */
  expected(json: Json | undefined): Expected {
    if (!isObject(json) || !("$t" in json)) {
      const value = this.value(json);
      // a dtype as a result
      return { kind: "value", value: value === "int64" ? "int32" : value };
    }
    const { dtype, shape, data } = this.#stored(json);
    return { kind: "tensor", dtype: "dtype" in json ? libraryType(json["dtype"]) : dtype, shape, data };
  }

  #stored(json: Json | undefined): StoredTensor {
    const name = isObject(json) ? json["$t"] : undefined;
    const found = typeof name === "string" ? this.#tensors.get(name) : undefined;
    if (found === undefined) throw new RangeError(`case: no tensor ${JSON.stringify(json)} in the container`);
    return found;
  }
}

/** The library's dtype for PyTorch's: int64 is int32 here. */
function libraryType(name: Json | undefined): DType {
  if (name === "int64") return "int32";
  if (name === "float32" || name === "float64" || name === "int32" || name === "uint8" || name === "bool") return name;
  throw new TypeError(`case: dtype ${String(name)} has no counterpart`);
}

function special(name: Json | undefined): number {
  if (name === "nan") return Number.NaN;
  return name === "-inf" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const sliceBounds = (json: Json | undefined): (number | null)[] =>
  isList(json) ? json.map((bound) => (typeof bound === "number" ? bound : null)) : [];

function variable(name: Json | undefined, variables: ReadonlyMap<string, Value>): Value {
  if (typeof name !== "string" || !variables.has(name)) throw new RangeError(`case: no variable ${String(name)}`);
  return variables.get(name);
}
