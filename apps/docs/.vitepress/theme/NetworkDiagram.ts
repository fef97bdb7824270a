import { useData } from "vitepress";
import { computed, defineComponent, h, ref, type VNode } from "vue";
import { inputs as firstInputs, parameters as firstParameters, nodesOf, parameterCount } from "../../demo/network.ts";
import { type Knob, knobs, type Place, places, size, symbols } from "./network-plan.ts";

const limit = 2;
const step = 0.1;

const words = {
  en: {
    layers: ["input layer", "hidden layer", "output layer"],
    weight: "weight",
    bias: "bias",
    input: "input",
    legend: [
      ["circle", "node (unit)"],
      ["line", "edge"],
      ["number on a line", "weight"],
      ["number below a circle", "bias"],
    ],
    parameters: "parameters",
    parts: ["weights", "biases"],
    again: "reset",
  },
  ja: {
    layers: ["入力層", "隠れ層", "出力層"],
    weight: "重み",
    bias: "バイアス",
    input: "入力",
    legend: [
      ["円", "ノード（ユニット）"],
      ["線", "エッジ"],
      ["線の上の数", "重み"],
      ["円の下の数", "バイアス"],
    ],
    parameters: "パラメータ",
    parts: ["重み", "バイアス"],
    again: "はじめの値に戻す",
  },
} as const;

/** `Linear(3, 2)` and `Linear(2, 1)` as nodes and edges, with numbers that a reader changes. */
export default defineComponent(() => {
  const { lang } = useData();
  const text = computed(() => words[lang.value === "ja" ? "ja" : "en"]);
  const inputs = ref(firstInputs);
  const parameters = ref(firstParameters);
  const chosen = ref(0);
  const nodes = computed(() => nodesOf(inputs.value, parameters.value));

  const valueAt = ({ name, at }: Knob): number => parameters.value[name][at] ?? 0;
  const titleOf = ({ kind, symbol }: Knob): string => `${text.value[kind]} ${symbol}`;

  function set({ name, at }: Knob, value: number): void {
    parameters.value = { ...parameters.value, [name]: replaced(parameters.value[name], at, value) };
  }

  function onKey(event: KeyboardEvent, knob: Knob): void {
    const value = keyed(event.key, valueAt(knob));
    if (value === undefined) return;
    event.preventDefault();
    set(knob, Math.round(10 * Math.min(limit, Math.max(-limit, value))) / 10);
  }

  function reset(): void {
    inputs.value = firstInputs;
    parameters.value = firstParameters;
  }

  const choose = (index: number) => (): void => {
    chosen.value = index;
  };

  /** A line as seen, and a broader one to click. */
  const edge = (each: Knob, index: number): VNode[] => {
    if (each.ends === undefined) return [];
    const [[x1, y1], [x2, y2]] = each.ends;
    const value = valueAt(each);
    const seen = { class: ["edge", { negative: value < 0 }], "stroke-width": 1 + 2 * Math.abs(value) };
    return [seen, { class: "reach", onClick: choose(index) }].map((part) => h("line", { x1, y1, x2, y2, ...part }));
  };

  const knob = (each: Knob, index: number): VNode => {
    const [x, y] = each.place;
    const value = valueAt(each);
    const attributes = {
      class: ["knob", { chosen: chosen.value === index, negative: value < 0 }],
      role: "slider",
      tabindex: 0,
      "aria-label": titleOf(each),
      "aria-valuenow": value,
      "aria-valuemin": -limit,
      "aria-valuemax": limit,
      onClick: choose(index),
      onFocus: choose(index),
      onKeydown: (event: KeyboardEvent) => onKey(event, each),
    };
    return h("g", attributes, [
      h("rect", { x: x - 26, y: y - 12, width: 52, height: 24, rx: 6 }),
      h("text", { x, y }, shown(value)),
    ]);
  };

  const node = ([x, y]: Place, layer: number, row: number): VNode =>
    h("g", { class: "node" }, [
      h("circle", { cx: x, cy: y, r: 29 }),
      h("text", { x, y: y - 10, class: "symbol" }, symbols[layer]?.[row]),
      h("text", { x, y: y + 9 }, shown(nodes.value[layer]?.[row] ?? 0)),
    ]);

  /** A node's number as the sum that gave it. */
  const sum = (layer: number, row: number): string => {
    const own = knobs.filter((each) => each.layer === layer && each.row === row);
    const terms = own.map((each, column) => {
      const value = shown(valueAt(each));
      return each.kind === "bias" ? value : `${value} × ${shown(nodes.value[layer - 1]?.[column] ?? 0)}`;
    });
    const added = terms.join(" + ").replaceAll("+ −", "− ");
    return `${symbols[layer]?.[row]} = ${added} = ${shown(nodes.value[layer]?.[row] ?? 0)}`;
  };

  const controls = (): VNode[] => {
    const ranges = inputs.value.map((value, at) =>
      range(`${text.value.input} ${symbols[0]?.[at]}`, value, (now) => {
        inputs.value = replaced(inputs.value, at, now);
      }),
    );
    const knob = knobs[chosen.value];
    return knob ? [...ranges, range(titleOf(knob), valueAt(knob), (value) => set(knob, value))] : ranges;
  };

  const count = (): string => {
    const { parameters: name, parts } = text.value;
    const biases = knobs.filter(({ kind }) => kind === "bias").length;
    return `${name}: ${parts[0]} 3 × 2 + 2 × 1 + ${parts[1]} ${biases} = ${parameterCount}`;
  };

  return () =>
    h("figure", { class: "network" }, [
      h("svg", { viewBox: `0 0 ${size.join(" ")}`, role: "group", "aria-label": "Linear(3, 2) → Linear(2, 1)" }, [
        ...text.value.layers.map((name, at) => h("text", { x: places[at]?.[0]?.[0], y: 24, class: "layer" }, name)),
        ...knobs.flatMap(edge),
        ...places.flatMap((layer, at) => layer.map((place, row) => node(place, at, row))),
        ...knobs.map(knob),
      ]),
      h("div", { class: "controls" }, [
        ...controls(),
        h("button", { type: "button", onClick: reset }, text.value.again),
      ]),
      h(
        "ul",
        { class: "sums", "aria-live": "polite" },
        [sum(1, 0), sum(1, 1), sum(2, 0), count()].map((line) => h("li", line)),
      ),
      h("figcaption", [text.value.legend.map(([sign, name]) => h("span", [`${sign} = `, h("b", name)]))]),
    ]);
});

const range = (label: string, value: number, change: (value: number) => void): VNode =>
  h("label", [
    h("span", label),
    h("input", {
      type: "range",
      min: -limit,
      max: limit,
      step,
      value,
      onInput: ({ target }: Event) => {
        if (target instanceof HTMLInputElement) change(target.valueAsNumber);
      },
    }),
    h("output", shown(value)),
  ]);

/** The number that a key makes of `value`, if it is a key of sliders. */
function keyed(key: string, value: number): number | undefined {
  if (key === "ArrowUp" || key === "ArrowRight") return value + step;
  if (key === "ArrowDown" || key === "ArrowLeft") return value - step;
  if (key === "Home") return -limit;
  return key === "End" ? limit : undefined;
}

const replaced = (values: readonly number[], at: number, value: number): readonly number[] =>
  values.map((each, index) => (index === at ? value : each));

const shown = (value: number): string =>
  value
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "−");
