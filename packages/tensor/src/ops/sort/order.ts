/**
 * The order of `count` numbers: positions of the smallest first (or the largest), equal ones as they stand. NaN counts
 * as largest. A bottom-up merge sort over positions.
 */
export function orderOf(values: Float64Array, descending: boolean): Int32Array {
  const count = values.length;
  let order = new Int32Array(count);
  let numbers = 0;
  for (let i = 0; i < count; i++) if (!Number.isNaN(values[i] as number)) order[numbers++] = i;
  const nans = count - numbers;
  for (let i = 0, at = numbers; i < count && at < count; i++) if (Number.isNaN(values[i] as number)) order[at++] = i;
  if (descending && nans > 0) order = nansFirst(order, numbers);
  const start = descending ? nans : 0;
  const sorted = mergeSort(order.subarray(start, start + numbers), descending ? values.map((value) => -value) : values);
  order.set(sorted, start);
  return order;
}

/** A line of `length` elements, `step` apart, as doubles. */
export function lineOf(data: ArrayLike<number>, at: number, step: number, length: number): Float64Array {
  const line = new Float64Array(length);
  for (let i = 0; i < length; i++) line[i] = data[at + i * step] as number;
  return line;
}

function nansFirst(order: Int32Array, numbers: number): Int32Array<ArrayBuffer> {
  const turned = new Int32Array(order.length);
  turned.set(order.subarray(numbers), 0);
  turned.set(order.subarray(0, numbers), order.length - numbers);
  return turned;
}

/** Positions by ascending key; the result may be another array than the one given. */
function mergeSort(positions: Int32Array, keys: Float64Array): Int32Array {
  let from = positions.slice();
  let to = new Int32Array(from.length);
  for (let width = 1; width < from.length; width *= 2) {
    for (let low = 0; low < from.length; low += 2 * width) {
      merge(from, to, keys, low, Math.min(low + width, from.length), Math.min(low + 2 * width, from.length));
    }
    [from, to] = [to, from];
  }
  return from;
}

function merge(from: Int32Array, to: Int32Array, keys: Float64Array, low: number, middle: number, high: number): void {
  let left = low;
  let right = middle;
  for (let out = low; out < high; out++) {
    const takeLeft =
      right >= high ||
      (left < middle && (keys[from[left] as number] as number) <= (keys[from[right] as number] as number));
    to[out] = from[takeLeft ? left++ : right++] as number;
  }
}
