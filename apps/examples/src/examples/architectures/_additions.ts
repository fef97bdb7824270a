import { cat, ge, randint, remainder, select, stack, type Tensor, zeros } from "@dl/tensor";

/** Two binary numbers and their sum, the lowest place first, as one does it by hand. */
export interface Addition {
  /** `[n, bits + 1, 2]`: both digits of each place; a last place of zeros leaves room for the carry. */
  readonly digits: Tensor;
  /** `[n, bits + 1, 1]` */
  readonly sum: Tensor;
  /** `[n, bits + 1, 1]`: what each place hands to the next. */
  readonly carry: Tensor;
}

/** Random numbers of `bits` bits, added as in school. */
export function additions(count: number, bits: number): Addition {
  const digits = cat([randint(0, 2, [count, bits, 2], { dtype: "float32" }), zeros([count, 1, 2])], { dim: 1 });
  const [sum, carry]: [Tensor[], Tensor[]] = [[], []];
  for (let place = 0; place <= bits; place++) {
    const total = select(digits, 1, place).sum({ dim: 1 });
    const whole = place === 0 ? total : total.add(carry[place - 1] as Tensor);
    sum.push(remainder(whole, 2));
    carry.push(ge(whole, 2).to("float32"));
  }
  return { digits, sum: stack(sum, { dim: 1 }).unsqueeze(2), carry: stack(carry, { dim: 1 }).unsqueeze(2) };
}
