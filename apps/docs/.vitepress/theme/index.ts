import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { h } from "vue";
import SpiralDemo from "./SpiralDemo.ts";
// oxlint-disable-next-line import/no-unassigned-import -- how a VitePress theme brings its styles
import "./style.css";

const theme: Theme = {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "home-hero-image": () => h(SpiralDemo) }),
};

export default theme;
