import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/**
 * The MD5 of `bytes` in lower-case hexadecimal. It tells a damaged download, not a forged one.
 *
 * @example
 * md5Of(new TextEncoder().encode("abc")); // => "900150983cd24fb0d6963f7d28e17f72"
 */
export function md5Of(bytes: Uint8Array): string {
  return bytesToHex(md5(bytes));
}

/**
 * Returns when the MD5 of `bytes` is `expected`, in either case of letters.
 *
 * Errors: another MD5 is an Error that names the file, its size and both sums; an `expected` that is no MD5 a TypeError.
 *
 * @example
 * checkMd5(new TextEncoder().encode("abc"), "900150983cd24fb0d6963f7d28e17f72", "abc.txt"); // => undefined
 */
export function checkMd5(bytes: Uint8Array, expected: string, name: string): void {
  if (!/^[0-9a-f]{32}$/i.test(expected)) {
    throw new TypeError(`checkMd5: an MD5 is 32 hexadecimal digits, got "${expected}" for ${name}`);
  }
  const actual = md5Of(bytes);
  if (actual !== expected.toLowerCase()) {
    throw new Error(`checkMd5: ${name} (${bytes.length} bytes) has MD5 ${actual}, expected ${expected.toLowerCase()}`);
  }
}
