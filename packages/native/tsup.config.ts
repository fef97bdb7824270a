import { tsupPreset } from "@dl/config/tsup";

export default tsupPreset(import.meta.dirname);
