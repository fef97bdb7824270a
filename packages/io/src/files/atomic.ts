import { builtin } from "./builtin.ts";
import { reason } from "./source.ts";

/**
 * Writes a file so that `path` holds either what it held before or all of `chunks`, whenever the process ends: into
 * `path.<process>-<number>.partial` beside it, flushed to the disk and then renamed. Leftovers of processes that were
 * killed are removed.
 */
export async function writeAtomically(
  who: string,
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const { open, rename, rm } = builtin(who, "node:fs/promises");
  const partial = `${path}.${process.pid}-${++written}.partial`;
  const failed = (cause: unknown): Error => new Error(`${who}: cannot write ${path}: ${reason(cause)}`, { cause });
  const file = await open(partial, "wx").catch((cause: unknown) => {
    throw failed(cause);
  });
  try {
    try {
      for await (const chunk of chunks) await file.appendFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    await flushFolder(who, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw failed(cause);
  }
  await removeLeftovers(who, path);
}

let written = 0;

/** Makes the renaming itself last. Windows cannot open folders, and needs no such thing. */
async function flushFolder(who: string, path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await builtin(who, "node:fs/promises").open(builtin(who, "node:path").dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function removeLeftovers(who: string, path: string): Promise<void> {
  const { readdir, rm } = builtin(who, "node:fs/promises");
  const { basename, dirname, join } = builtin(who, "node:path");
  const folder = dirname(path);
  const start = `${basename(path)}.`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(start) ? /^(\d+)-\d+\.partial$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return !(cause instanceof Error && "code" in cause && cause.code === "ESRCH");
  }
}
