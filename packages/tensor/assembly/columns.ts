import { copyLine, firstInside, pastInside, windowAt } from "./window";

/** One image [C, H, W] to columns [C kh kw, oh ow]; padding gives zeros. */
export function im2col(window: usize, image: usize, columns: usize): void {
  const s = windowAt(window);
  for (let c = 0; c < s.channels; c++) {
    for (let ky = 0; ky < s.kernelY; ky++) {
      for (let kx = 0; kx < s.kernelX; kx++) {
        const shift = kx * s.dilationX - s.padX;
        const past = pastInside(shift, s.strideX, s.width, s.outX);
        const first = min(firstInside(shift, s.strideX), past);
        for (let oy = 0; oy < s.outY; oy++) {
          const y = oy * s.strideY + ky * s.dilationY - s.padY;
          if (y < 0 || y >= s.height || past == 0) {
            for (let x = 0; x < s.outX; x++) store<f32>(columns + x * 4, 0);
          } else {
            const line = image + (y * s.width + shift) * 4;
            for (let x = 0; x < first; x++) store<f32>(columns + x * 4, 0);
            if (s.strideX == 1) copyLine(line + first * 4, columns + first * 4, past - first);
            else for (let x = first; x < past; x++) store<f32>(columns + x * 4, load<f32>(line + x * s.strideX * 4));
            for (let x = past; x < s.outX; x++) store<f32>(columns + x * 4, 0);
          }
          columns += s.outX * 4;
        }
      }
    }
    image += s.height * s.width * 4;
  }
}

/** Columns [C kh kw, oh ow] summed back into one image [C, H, W], in the order of the columns. */
export function col2im(window: usize, columns: usize, image: usize): void {
  const s = windowAt(window);
  memory.fill(image, 0, s.channels * s.height * s.width * 4);
  for (let c = 0; c < s.channels; c++) {
    for (let ky = 0; ky < s.kernelY; ky++) {
      for (let kx = 0; kx < s.kernelX; kx++) {
        const shift = kx * s.dilationX - s.padX;
        const past = pastInside(shift, s.strideX, s.width, s.outX);
        const first = min(firstInside(shift, s.strideX), past);
        for (let oy = 0; oy < s.outY; oy++) {
          const y = oy * s.strideY + ky * s.dilationY - s.padY;
          if (y >= 0 && y < s.height) addLine(columns, image + (y * s.width + shift) * 4, first, past, s.strideX);
          columns += s.outX * 4;
        }
      }
    }
    image += s.height * s.width * 4;
  }
}

@inline
function addLine(from: usize, to: usize, first: i32, past: i32, stride: i32): void {
  let x = first;
  if (stride == 1) {
    for (; x + 4 <= past; x += 4) {
      v128.store(to + x * 4, f32x4.add(v128.load(to + x * 4), v128.load(from + x * 4)));
    }
  }
  for (; x < past; x++) {
    const target = to + x * stride * 4;
    store<f32>(target, load<f32>(target) + load<f32>(from + x * 4));
  }
}
