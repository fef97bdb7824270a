export { findChromium, noChromium } from "./chromium.ts";
export { type Json, openPage, type PageOptions } from "./host.ts";
