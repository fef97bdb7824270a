import { writeAtomically } from "../../src/files/atomic.ts";

/** Writes one version of a file after the other until it is killed: 2 MiB of the same byte. */
const [, , path = ""] = process.argv;
process.stdout.write("ready\n");
for (let version = 1; ; version = (version % 255) + 1) {
  const chunk = new Uint8Array(2 ** 18).fill(version);
  await writeAtomically(
    "child",
    path,
    Array.from({ length: 8 }, () => chunk),
  );
}
