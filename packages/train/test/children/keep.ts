import { Linear } from "@dl/layers";
import { SGD } from "@dl/optim";
import { ones, zero_ } from "@dl/tensor";
import { checkpoint, fit } from "../../src/index.ts";

/** `keep.ts <checkpoint>`: takes step after step, keeps each and tells of it. The weights after step n are all -n. */
const [path = ""] = process.argv.slice(2);
const model = new Linear(100, 100, { bias: false });
zero_(model.weight.detach());
const x = ones([1, 100]);
await fit(model, [x], {
  loss: (model, x) => model.forward(x).sum(),
  optimizer: new SGD(model.parameters(), { lr: 1 }),
  epochs: Infinity,
  callbacks: [checkpoint({ path }), { atRest: ({ batch }) => void (batch === 0 && process.stdout.write(".")) }],
});
