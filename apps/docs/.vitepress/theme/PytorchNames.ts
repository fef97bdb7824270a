import { useData } from "vitepress";
import { computed, defineComponent, h, ref, type VNode } from "vue";
import { leftOut, type PytorchName, pytorchNames } from "../../guide/pytorch-names.generated.ts";

const words = {
  en: { search: "Search a name", here: "here", from: "import from", names: "names", missing: "Not here", why: "why" },
  ja: { search: "名前で探す", here: "こちらでは", from: "import 元", names: "件", missing: "ないもの", why: "理由" },
} as const;

/** Every name of PyTorch's that has a counterpart, by module, with a field to search in. */
export default defineComponent(() => {
  const { lang } = useData();
  const query = ref("");
  const text = computed(() => words[lang.value === "ja" ? "ja" : "en"]);
  const wanted = computed(() => query.value.trim().toLowerCase());
  const contains = (text: string): boolean => text.toLowerCase().includes(wanted.value);

  const group = ([module, names]: readonly [string, readonly PytorchName[]]): VNode[] => {
    const { here, from, names: count } = text.value;
    const found = names.filter(([pytorch, ours]) => contains(pytorch) || contains(ours));
    if (found.length === 0) return [];
    const title = [h("code", module), ` ${found.length} ${count}`];
    return [
      h("details", { key: module, open: wanted.value !== "" }, [
        h("summary", title),
        tableOf(
          ["PyTorch", here, from],
          found.map((cells) => cells.map(code)),
        ),
      ]),
    ];
  };

  const missing = (): VNode[] => {
    const found = leftOut.filter(([, names]) => contains(names));
    if (found.length === 0) return [];
    const { missing: title, why } = text.value;
    const rows = found.map(([reason, names]) => [names.split(" ").flatMap((name) => [h("code", name), " "]), reason]);
    return [
      h("details", { key: "missing", open: wanted.value !== "" }, [
        h("summary", title),
        tableOf(["PyTorch", why], rows),
      ]),
    ];
  };

  return () =>
    h("div", { class: "pytorch-names" }, [
      h("input", {
        type: "search",
        placeholder: text.value.search,
        "aria-label": text.value.search,
        value: query.value,
        onInput: (event: Event) => {
          if (event.target instanceof HTMLInputElement) query.value = event.target.value;
        },
      }),
      ...Object.entries(pytorchNames).flatMap(group),
      ...missing(),
    ]);
});

type Cell = string | (VNode | string)[];

const code = (names: string): Cell =>
  names === "" ? "" : names.split(", ").flatMap((name, at) => [at === 0 ? "" : ", ", h("code", name)]);

const tableOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): VNode =>
  h("table", [
    h("thead", [
      h(
        "tr",
        head.map((cell) => h("th", cell)),
      ),
    ]),
    h(
      "tbody",
      rows.map((cells) =>
        h(
          "tr",
          cells.map((cell) => h("td", cell)),
        ),
      ),
    ),
  ]);
