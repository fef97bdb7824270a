/** Does the file start as a gzip file does? */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The unpacked bytes of a gzip file, by the platform's DecompressionStream (browsers, Node from 18 on).
 *
 * Errors: a damaged or truncated file is an Error that names it and its size.
 *
 * @example
 * const packed = new Blob(["abc"]).stream().pipeThrough(new CompressionStream("gzip"));
 * const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
 * await gunzip(bytes); // => [97, 98, 99]
 */
export async function gunzip(bytes: Uint8Array, name: string = "file"): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });
  try {
    const unpacked = new Response(packed.pipeThrough(new DecompressionStream("gzip")));
    return new Uint8Array(await unpacked.arrayBuffer());
  } catch (cause) {
    throw new Error(`gunzip: ${name} (${bytes.length} bytes) is damaged or truncated`, { cause });
  }
}
