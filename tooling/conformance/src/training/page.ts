import { answer, settings } from "@dl/browser/page";
import { gpu } from "@dl/tensor/gpu";
import { trainingCurve } from "./curve.ts";

await answer(async () => trainingCurve(await gpu(), Number(settings().get("steps"))));
