import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { checkMd5, md5Of } from "../src/checksum.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

it("md5Of agrees with RFC 1321", () => {
  expect(md5Of(text(""))).toBe("d41d8cd98f00b204e9800998ecf8427e");
  expect(md5Of(text("message digest"))).toBe("f96b697d7cb7938d525a2f31aaf161d0");
});

it.each([1, 55, 56, 63, 64, 65, 1000, 100_003])("md5Of agrees with OpenSSL on %i bytes", (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 131) >> 3);
  expect(md5Of(bytes)).toBe(createHash("md5").update(bytes).digest("hex"));
});

it("checkMd5 takes either case and names file, size and both sums", () => {
  expect(checkMd5(text("abc"), "900150983CD24FB0D6963F7D28E17F72", "abc.txt")).toBeUndefined();
  expect(() => checkMd5(text("abd"), "900150983cd24fb0d6963f7d28e17f72", "abc.txt")).toThrow(
    "checkMd5: abc.txt (3 bytes) has MD5 4911e516e5aa21d327512e0c8b197616, expected 900150983cd24fb0d6963f7d28e17f72",
  );
});

it("checkMd5 refuses what is no MD5", () => {
  expect(() => checkMd5(text("abc"), "9001", "abc.txt")).toThrow(
    new TypeError('checkMd5: an MD5 is 32 hexadecimal digits, got "9001" for abc.txt'),
  );
});
