/** What JSON.parse gives. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** One line of a `cases.json`. What else it holds depends on its kind. */
export interface Case extends JsonObject {
  readonly id: string;
  readonly op: string;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The object at `key`, empty where there is none. */
export function objectAt(from: JsonObject, key: string): JsonObject {
  const value = from[key];
  return isObject(value) ? value : {};
}

/** The list at `key`, empty where there is none. */
export function listAt(from: JsonObject, key: string): readonly Json[] {
  const value = from[key];
  return isList(value) ? value : [];
}

/** The objects in the list at `key`. */
export const objectsAt = (from: JsonObject, key: string): readonly JsonObject[] => listAt(from, key).filter(isObject);

/** The names in the list at `key`, or the one name there. */
export function namesAt(from: JsonObject, key: string): readonly string[] {
  const value = from[key];
  return (isList(value) ? value : [value]).filter((name) => typeof name === "string");
}

export function numberAt(from: JsonObject, key: string, missing = 0): number {
  const value = from[key];
  return typeof value === "number" ? value : missing;
}

export function textAt(from: JsonObject, key: string): string {
  const value = from[key];
  if (typeof value !== "string") throw new TypeError(`case: no text at ${key}`);
  return value;
}
