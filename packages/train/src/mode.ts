import type { AnyModule } from "@dl/layers";

/** Calls `body` while every module of `model` is in training or evaluation mode; then each is in the mode it was in. */
export function inMode<T>(model: AnyModule, training: boolean, body: () => T): T {
  const before = model.modules().map((module) => [module, module.training] as const);
  try {
    model.train(training);
    return body();
  } finally {
    for (const [module, mode] of before) module.training = mode;
  }
}
