import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What the list of examples shows of one. */
interface Shown {
  readonly name: string;
  readonly title: { readonly ja: string; readonly en: string };
  readonly flags: readonly { readonly name: string; readonly help: string }[];
}

interface Flag {
  readonly placeholder: string;
  readonly help: string;
  readonly fallback: string | undefined;
}

interface Example {
  readonly name: string;
  readonly title: Shown["title"];
  readonly flags: Readonly<Record<string, Flag>>;
}

const folder = fileURLToPath(new URL("../examples/src/examples", import.meta.url));

declare const data: readonly Shown[];

export { data };

/** Every example by name, from the examples themselves. */
export default {
  watch: ["../examples/src/examples/*.ts"],
  async load(): Promise<Shown[]> {
    if (!existsSync(folder)) throw new Error(`examples: no folder ${folder}`);
    const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
    const shown = await Promise.all(files.map((file) => shownOf(`${folder}/${file}`)));
    return shown.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
};

async function shownOf(path: string): Promise<Shown> {
  const { default: example }: { default: Example } = await import(pathToFileURL(path).href);
  const flags = Object.entries(example.flags).map(([key, { placeholder, help, fallback }]) => ({
    name: `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${placeholder}`,
    help: fallback === undefined ? help : `${help} (${fallback})`,
  }));
  return { name: example.name, title: example.title, flags };
}
