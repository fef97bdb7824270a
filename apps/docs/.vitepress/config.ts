import { type DefaultTheme, defineConfig } from "vitepress";
import { packageNames } from "./packages.ts";

/** The words of the navigation in one language. */
interface Words {
  readonly path: string;
  readonly guide: string;
  readonly start: string;
  readonly network: string;
  readonly architecture: string;
  readonly devices: string;
  readonly coverage: string;
  readonly pytorch: string;
  readonly names: string;
  readonly packages: string;
  readonly examples: string;
  readonly reference: string;
}

const english: Words = {
  path: "",
  guide: "Guide",
  start: "Getting started",
  network: "Inside a network",
  architecture: "Architecture",
  devices: "Devices",
  coverage: "What runs on the GPU",
  pytorch: "Coming from PyTorch",
  names: "PyTorch's names",
  packages: "Packages",
  examples: "Examples",
  reference: "API reference",
};

const japanese: Words = {
  path: "/ja",
  guide: "ガイド",
  start: "はじめに",
  network: "ネットワークの中身",
  architecture: "設計",
  devices: "デバイス",
  coverage: "GPU で動くもの",
  pytorch: "PyTorch との対応",
  names: "PyTorch の名前",
  packages: "パッケージ",
  examples: "例",
  reference: "API リファレンス（英語）",
};

const referencePages: DefaultTheme.SidebarItem[] = packageNames.map((name) => ({
  text: `@dl/${name}`,
  link: `/reference/${name}`,
}));

const conditions = ["@dl/source"];

export default defineConfig({
  title: "@dl",
  description: "Deep learning in TypeScript with PyTorch's semantics",
  cleanUrls: true,
  markdown: { math: true },
  head: [["link", { rel: "icon", type: "image/svg+xml", href: "/logo.svg" }]],
  themeConfig: {
    logo: "/logo.svg",
    search: { provider: "local", options: { locales: { ja: { translations: japaneseSearch() } } } },
    outline: { level: [2, 3] },
  },
  locales: {
    root: { label: "English", lang: "en", themeConfig: themeOf(english) },
    ja: {
      label: "日本語",
      lang: "ja",
      description: "PyTorch と同じ意味論を持つ、TypeScript の深層学習ライブラリ",
      themeConfig: {
        ...themeOf(japanese),
        outline: { level: [2, 3], label: "目次" },
        docFooter: { prev: "前のページ", next: "次のページ" },
        darkModeSwitchLabel: "配色",
        langMenuLabel: "言語",
        returnToTopLabel: "先頭へ",
        sidebarMenuLabel: "メニュー",
      },
    },
  },
  vite: {
    resolve: { conditions },
    optimizeDeps: { include: ["@dl/tensor > pure-rand/generator/mersenne"] },
    ssr: { noExternal: [/^@dl\//], resolve: { conditions } },
    build: { target: "es2022", chunkSizeWarningLimit: 4000 },
    esbuild: { target: "es2022" },
  },
});

function themeOf({ path, ...words }: Words): DefaultTheme.Config {
  const guide: DefaultTheme.SidebarItem[] = [
    { text: words.start, link: `${path}/guide/start` },
    { text: words.network, link: `${path}/guide/network` },
    { text: words.pytorch, link: `${path}/guide/pytorch` },
    { text: words.names, link: `${path}/guide/pytorch-names` },
    { text: words.devices, link: `${path}/guide/devices` },
    { text: words.coverage, link: `${path}/guide/gpu-coverage` },
    { text: words.architecture, link: `${path}/guide/architecture` },
  ];
  const sidebar: DefaultTheme.SidebarItem[] = [
    { text: words.guide, items: guide },
    {
      text: words.packages,
      items: packageNames.map((name) => ({ text: `@dl/${name}`, link: `${path}/packages/${name}` })),
    },
    { text: words.examples, link: `${path}/examples` },
    { text: words.reference, collapsed: true, items: referencePages },
  ];
  return {
    nav: [
      { text: words.guide, link: `${path}/guide/start`, activeMatch: "/guide/" },
      { text: words.packages, link: `${path}/packages/tensor`, activeMatch: "/packages/" },
      { text: words.examples, link: `${path}/examples` },
      { text: words.reference, link: "/reference/tensor", activeMatch: "/reference/" },
    ],
    sidebar: path === "" ? { "/": sidebar } : { [`${path}/`]: sidebar },
  };
}

function japaneseSearch(): NonNullable<DefaultTheme.LocalSearchOptions["translations"]> {
  return {
    button: { buttonText: "検索", buttonAriaLabel: "検索" },
    modal: {
      noResultsText: "見つかりません：",
      resetButtonTitle: "消す",
      footer: { selectText: "開く", navigateText: "移動", closeText: "閉じる" },
    },
  };
}
