export interface Program {
  readonly name: string;
  readonly code: string;
  /** Minified bytes at most, without the WebAssembly kernels: what is reached now and 3 % more. */
  readonly limit: number;
  /** Minified bytes to come down to. */
  readonly target: number;
}

/** What a page pays for a small program. */
export const programs: readonly Program[] = [
  {
    name: "add two tensors",
    limit: 103_700,
    target: 24_000,
    code: `import { add, tensor } from "@dl/tensor";
console.log(add(tensor([1, 2]), tensor([3, 4])).tolist());`,
  },
  {
    name: "inference with one layer",
    limit: 246_200,
    target: 48_000,
    code: `import { tensor } from "@dl/tensor";
import { Linear } from "@dl/layers";
console.log(new Linear(2, 1).forward(tensor([[1, 2]])).tolist());`,
  },
  {
    name: "linear regression",
    limit: 258_800,
    target: 48_000,
    code: `import { tensor } from "@dl/tensor";
import { Linear } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { SGD } from "@dl/optim";
const x = tensor([[1], [2], [3]]);
const y = tensor([[2], [4], [6]]);
const model = new Linear(1, 1);
const optimizer = new SGD(model.parameters(), { lr: 0.01 });
for (let step = 0; step < 100; step += 1) {
  optimizer.zeroGrad();
  mseLoss(model.forward(x), y).backward();
  optimizer.step();
}
console.log(model.weight.tolist());`,
  },
];
