import { vitestPreset } from "@dl/config/vitest";

export default vitestPreset("doc-examples");
