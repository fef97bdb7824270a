/** Elements of one type to another. */

/** int32 to float32, rounded to the nearest. */
export function intsToFloats(x: usize, y: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(y + i * 4, f32x4.convert_i32x4_s(v128.load(x + i * 4)));
  for (; i < count; i++) store<f32>(y + i * 4, <f32>load<i32>(x + i * 4));
}

/** bool or uint8 to float32. */
export function bytesToFloats(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i++) store<f32>(y + i * 4, <f32>load<u8>(x + i));
}

/** bool or uint8 to int32. */
export function bytesToInts(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i++) store<i32>(y + i * 4, <i32>load<u8>(x + i));
}

/** float32 to bool: 1 for all but zeros, also for NaN. */
export function floatsToTruth(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i++) store<u8>(y + i, load<f32>(x + i * 4) != 0 ? 1 : 0);
}

/** int32 to bool. */
export function intsToTruth(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i++) store<u8>(y + i, load<i32>(x + i * 4) != 0 ? 1 : 0);
}

/** `out[a, c] = Σ_b x[a, b, c]` of bool or uint8, into int32. */
export function sumBytes(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  for (; outer > 0; outer--) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let j = 0; j < length; j++) total += <i32>load<u8>(x + j * inner + i);
      store<i32>(out, total);
      out += 4;
    }
    x += length * inner;
  }
}
