/** Single elements by int32 indices along the middle of [outer, length, inner]. An index outside stops at once. */

/** out[o, j, i] = x[o, index[o, j, i], i] for `count` j. Returns the position of the first index outside, or -1. */
export function gather(x: usize, index: usize, out: usize, outer: i32, length: i32, inner: i32, count: i32): i32 {
  const block = length * inner * 4;
  let at = 0;
  for (; outer > 0; outer--) {
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < inner; i++, at++) {
        const pick = load<i32>(index + at * 4);
        if (<u32>pick >= <u32>length) return at;
        store<i32>(out + at * 4, load<i32>(x + (pick * inner + i) * 4));
      }
    }
    x += block;
  }
  return -1;
}

/** y[o, index[o, j, i], i] += x[o, j, i], in order. Returns the position of the first index outside, or -1. */
export function scatterAdd(x: usize, index: usize, y: usize, outer: i32, length: i32, inner: i32, count: i32): i32 {
  const block = length * inner * 4;
  let at = 0;
  for (; outer > 0; outer--) {
    for (let j = 0; j < count; j++) {
      for (let i = 0; i < inner; i++, at++) {
        const pick = load<i32>(index + at * 4);
        if (<u32>pick >= <u32>length) return at;
        const to = y + (pick * inner + i) * 4;
        store<f32>(to, load<f32>(to) + load<f32>(x + at * 4));
      }
    }
    y += block;
  }
  return -1;
}

/** Where the largest x[o, j, i] over j is: the first of equal ones, or the first NaN. int32. */
export function argmax(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  extremePlace(x, out, outer, length, inner, true);
}

/** Where the smallest is. */
export function argmin(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  extremePlace(x, out, outer, length, inner, false);
}

@inline
function extremePlace(x: usize, out: usize, outer: i32, length: i32, inner: i32, largest: bool): void {
  const line: usize = inner * 4;
  for (; outer > 0; outer--) {
    for (let i: usize = 0; i < line; i += 4) {
      let best = load<f32>(x + i);
      let found = 0;
      let from = x + i;
      for (let j = 1; j < length && best == best; j++) {
        from += line;
        const value = load<f32>(from);
        if ((largest ? value > best : value < best) || value != value) {
          best = value;
          found = j;
        }
      }
      store<i32>(out + i, found);
    }
    x += line * length;
    out += line;
  }
}
