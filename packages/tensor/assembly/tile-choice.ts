/**
 * Which tiles products are made of: as wide as those of `tile.ts`, or twice as wide. The bits are the same, the speed
 * depends on the engine; so it is measured there, and kept in memory that the instances of all threads see.
 */
const CHOICE: usize = 4092;

/** 1 for tiles twice as wide, 0 as at first. */
export function useDoubleTiles(on: i32): void {
  store<i32>(CHOICE, on);
}

@inline
export function hasDoubleTiles(): bool {
  return load<i32>(CHOICE) != 0;
}
