import files from "./files.json" with { type: "json" };

/** Bytes of a file in the JSON that `write.py` made. */
export const decoded = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export { files };
