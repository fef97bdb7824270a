let enabled = true;

/** Whether operations on tensors that require a gradient are recorded. */
export const isGradEnabled = (): boolean => enabled;

/**
 * Runs `body` without recording: for evaluation and for updating parameters.
 *
 * @example
 * const x = requiresGrad_(tensor([1, 2]));
 * noGrad(() => x.mul(2)).requiresGrad; // => false
 */
export const noGrad = <T>(body: () => T): T => withMode("noGrad", false, body);

/** Runs `body` with recording on, inside `noGrad`. */
export const enableGrad = <T>(body: () => T): T => withMode("enableGrad", true, body);

/** Runs `body` in the given mode. */
export function withMode<T>(who: string, mode: boolean, body: () => T): T {
  const before = enabled;
  enabled = mode;
  try {
    const result = body();
    if (result instanceof Promise)
      throw new TypeError(`${who}: the body must not be async: recording would be switched back before it ends`);
    return result;
  } finally {
    enabled = before;
  }
}
