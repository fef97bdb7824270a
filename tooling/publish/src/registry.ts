import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { run } from "./processes.ts";

export interface Registry {
  readonly url: string;
  /** Settings for npm in a consumer's project. */
  readonly npmrc: string;
  publish(tarball: string): void;
  stop(): Promise<void>;
}

/** A registry that holds `@dl/*` itself and passes every other name on to npm's. */
export async function startRegistry(scratch: string): Promise<Registry> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const npmrc = `registry=${url}\n//127.0.0.1:${port}/:_authToken=local\naudit=false\nfund=false\nupdate-notifier=false\n`;
  writeFileSync(join(scratch, ".npmrc"), npmrc);
  writeFileSync(join(scratch, "verdaccio.yaml"), configuration(scratch));
  const bin = join(import.meta.dirname, "../node_modules/.bin/verdaccio");
  const server = spawn(bin, ["--config", join(scratch, "verdaccio.yaml"), "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null) return;
    server.kill();
    await once(server, "exit");
  };
  for (let tries = 0; !(await answers(url)); tries += 1) {
    if (server.exitCode !== null || tries > 300) {
      await stop();
      throw new Error(`try-publish: the registry did not answer at ${url}`);
    }
    await sleep(100);
  }
  const publish = (tarball: string): void => {
    run("npm", ["publish", tarball, "--access", "public"], scratch);
  };
  return { url, npmrc, publish, stop };
}

function configuration(scratch: string): string {
  return `storage: ${join(scratch, "storage")}
auth:
  htpasswd:
    file: ${join(scratch, "htpasswd")}
uplinks:
  npmjs:
    url: https://registry.npmjs.org/
packages:
  "@dl/*":
    access: $all
    publish: $all
  "**":
    access: $all
    proxy: npmjs
log: { type: stdout, format: pretty, level: fatal }
`;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}-/ping`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("try-publish: no free port");
  return address.port;
}
