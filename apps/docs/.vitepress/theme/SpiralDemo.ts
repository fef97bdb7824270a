import { useData } from "vitepress";
import { defineComponent, h, onBeforeUnmount, onMounted, ref } from "vue";
import type { Spirals } from "../../demo/spiral.ts";
import { drawSpirals } from "./draw-spirals.ts";

const size = 320;
const lastStep = 600;
const stepsPerFrame = 4;

const words = {
  en: {
    step: "step",
    loss: "loss",
    accuracy: "accuracy",
    again: "again",
    now: "being trained in this page, now",
    done: "trained in this page, just now",
  },
  ja: {
    step: "ステップ",
    loss: "損失",
    accuracy: "正解率",
    again: "もう一度",
    now: "いま、このページで訓練中",
    done: "このページの中で訓練しました",
  },
} as const;

/** A network that learns two spirals in the reader's browser. */
export default defineComponent(() => {
  const { lang } = useData();
  const canvas = ref<HTMLCanvasElement>();
  const step = ref(0);
  const loss = ref("");
  const accuracy = ref("");
  let frame = 0;
  let seed = 1;

  async function restart(): Promise<void> {
    cancelAnimationFrame(frame);
    const { spirals } = await import("../../demo/spiral.ts");
    const network = spirals(seed++);
    step.value = 0;
    frame = requestAnimationFrame(() => advance(network));
  }

  function advance(network: Spirals): void {
    loss.value = network.train(stepsPerFrame).toFixed(3);
    accuracy.value = `${(100 * network.accuracy()).toFixed(0)} %`;
    step.value += stepsPerFrame;
    if (canvas.value !== undefined) drawSpirals(canvas.value, network);
    if (step.value < lastStep) frame = requestAnimationFrame(() => advance(network));
  }

  onMounted(restart);
  onBeforeUnmount(() => cancelAnimationFrame(frame));

  return () => {
    const text = words[lang.value === "ja" ? "ja" : "en"];
    return h("figure", { class: "spiral" }, [
      h("canvas", { ref: canvas, width: size, height: size, role: "img", "aria-label": text.now }),
      h("figcaption", [
        h("span", `${text.step} ${step.value}`),
        h("span", `${text.loss} ${loss.value}`),
        h("span", `${text.accuracy} ${accuracy.value}`),
        h("button", { type: "button", onClick: restart }, text.again),
        h("small", step.value < lastStep ? text.now : text.done),
      ]),
    ]);
  };
});
