/**
 * From any strides to any strides over one shape. `shape`, `from` and `to` are addresses of `rank` int32 each; strides
 * count elements and may be 0 or negative.
 */

/** Elements of four bytes. */
export function copyBetween(x: usize, y: usize, rank: i32, shape: usize, from: usize, to: usize): void {
  if (rank <= 1) {
    lineBetween(x, y, rank == 0 ? 1 : load<i32>(shape), rank == 0 ? 1 : load<i32>(from), rank == 0 ? 1 : load<i32>(to));
    return;
  }
  const count = load<i32>(shape);
  const step = load<i32>(from) * 4;
  const toStep = load<i32>(to) * 4;
  for (let i = 0; i < count; i++) {
    copyBetween(x, y, rank - 1, shape + 4, from + 4, to + 4);
    x += step;
    y += toStep;
  }
}

/** Elements of one byte. */
export function copyBytesBetween(x: usize, y: usize, rank: i32, shape: usize, from: usize, to: usize): void {
  if (rank == 0) {
    store<u8>(y, load<u8>(x));
    return;
  }
  const count = load<i32>(shape);
  const step = load<i32>(from);
  const toStep = load<i32>(to);
  if (rank == 1 && step == 1 && toStep == 1) {
    memory.copy(y, x, count);
    return;
  }
  for (let i = 0; i < count; i++) {
    if (rank == 1) store<u8>(y, load<u8>(x));
    else copyBytesBetween(x, y, rank - 1, shape + 4, from + 4, to + 4);
    x += step;
    y += toStep;
  }
}

/** float32 added to what is there, one after the other where places repeat. */
export function addBetween(x: usize, y: usize, rank: i32, shape: usize, from: usize, to: usize): void {
  if (rank == 0) {
    store<f32>(y, load<f32>(y) + load<f32>(x));
    return;
  }
  const count = load<i32>(shape);
  const step = load<i32>(from) * 4;
  const toStep = load<i32>(to) * 4;
  let i = 0;
  if (rank == 1 && step == 4 && toStep == 4) {
    for (; i + 4 <= count; i += 4) {
      v128.store(y, f32x4.add(v128.load(y), v128.load(x)));
      x += 16;
      y += 16;
    }
  }
  for (; i < count; i++) {
    if (rank == 1) store<f32>(y, load<f32>(y) + load<f32>(x));
    else addBetween(x, y, rank - 1, shape + 4, from + 4, to + 4);
    x += step;
    y += toStep;
  }
}

function lineBetween(x: usize, y: usize, count: i32, from: i32, to: i32): void {
  if (from == 1 && to == 1) {
    memory.copy(y, x, count * 4);
    return;
  }
  const step = from * 4;
  const toStep = to * 4;
  for (; count > 0; count--) {
    store<i32>(y, load<i32>(x));
    x += step;
    y += toStep;
  }
}
