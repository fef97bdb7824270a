/** Rows of a table [rows, width] by int32 indices. An index outside stops at once. */
import { copyLine } from "./window";

/** out[i] = table[indices[i]]. Returns the position of the first index outside [0, rows), or -1. */
export function gatherRows(table: usize, indices: usize, out: usize, count: i32, rows: i32, width: i32): i32 {
  for (let i = 0; i < count; i++) {
    const index = load<i32>(indices + i * 4);
    if (<u32>index >= <u32>rows) return i;
    copyLine(table + index * width * 4, out + i * width * 4, width);
  }
  return -1;
}

/** table[indices[i]] += x[i], in the order of i. Returns the position of the first index outside [0, rows), or -1. */
export function scatterAddRows(x: usize, indices: usize, table: usize, count: i32, rows: i32, width: i32): i32 {
  for (let i = 0; i < count; i++) {
    const index = load<i32>(indices + i * 4);
    if (<u32>index >= <u32>rows) return i;
    const from = x + i * width * 4;
    const to = table + index * width * 4;
    let j = 0;
    for (; j + 4 <= width; j += 4) v128.store(to + j * 4, f32x4.add(v128.load(to + j * 4), v128.load(from + j * 4)));
    for (; j < width; j++) store<f32>(to + j * 4, load<f32>(to + j * 4) + load<f32>(from + j * 4));
  }
  return -1;
}
