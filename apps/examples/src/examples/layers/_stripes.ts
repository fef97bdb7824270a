import { eq, ones, rand, randint, randn, sin, type Tensor, tensor } from "@dl/tensor";

/** Pictures of 16 × 16 with noise, `[n, 1, 16, 16]`: upright stripes (0), lying ones (1) or none (2). */
export function stripes(count: number, kind: number | Tensor): Tensor {
  const ramp = tensor(Array.from({ length: 16 }, (_, i) => i)).mul((2 * Math.PI) / 5);
  const phase = rand([count, 1]).mul(2 * Math.PI);
  const wave = sin(ramp.add(phase));
  const [upright, lying] = [wave.reshape([count, 1, 1, 16]), wave.reshape([count, 1, 16, 1])];
  const all = ones([count, 1, 16, 16]);
  const is = (wanted: number): Tensor =>
    typeof kind === "number"
      ? all.mul(Number(kind === wanted))
      : eq(kind, wanted).to("float32").reshape([count, 1, 1, 1]).mul(all);
  return is(0)
    .mul(upright)
    .add(is(1).mul(lying))
    .add(randn([count, 1, 16, 16]).mul(0.3));
}

/** Pictures of all three kinds at random, and which kind each is, `[n]`. */
export function sample(count: number): [Tensor, Tensor] {
  const kinds = randint(0, 3, [count]).to("int32");
  return [stripes(count, kinds), kinds];
}
