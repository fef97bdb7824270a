import { vitestPreset } from "@dl/config/vitest";

export default vitestPreset("browser");
