import { noGrad } from "@dl/autograd";
import { clipGradNorm_ } from "@dl/optim";
import { chunk, flatten, reshape, Tensor } from "@dl/tensor";
import { bind } from "../args.ts";
import { type Case, type JsonObject, listAt, numberAt, objectAt, textAt } from "../case.ts";
import { compareElements, compareOne, Mismatch } from "../compare.ts";
import { type Context, gradTolerance, NotCovered, tolerance } from "../context.ts";
import type { Decoder } from "../decode.ts";
import { models } from "../table/models.ts";
import type { AnyOptimizer } from "../table/optimizer-row.ts";
import type { TestedModel } from "../table/tested-model.ts";
import { recordOf, rowOf } from "./function.ts";
import { optimizerRowOf } from "./optimizer.ts";

/** A network trained for some steps: losses, first gradients, the state afterwards, and what it then answers. */
export async function runModel(test: Case, context: Context): Promise<void> {
  const { decoder } = context;
  const model = loadedModel(test, decoder);
  const optimizer = optimizerFor(test, model, decoder);
  const batches = batchesOf(test, decoder);
  const losses: number[] = [];
  model.train();
  for (let step = 0; step < numberAt(test, "steps"); step++) {
    const batch = batches[step % batches.length] as Batch;
    model.zeroGrad();
    const loss = lossOf(test, model, batch);
    losses.push(await loss.itemAsync());
    loss.backward();
    if ("clip_grad_norm" in test) clipGradNorm_(model.parameters(), numberAt(test, "clip_grad_norm"));
    if (step === 0) await compareGradients(test, model, context);
    optimizer.step();
  }
  compareElements("losses", losses, listAt(test, "losses").map(Number), tolerance(test, context));
  await compareState(test, model, context);
  await compareAnswer(test, model, context);
}

interface Batch {
  readonly inputs: Tensor[];
  readonly target: Tensor | undefined;
}

function loadedModel(test: Case, decoder: Decoder): TestedModel {
  const create = models.get(test.op);
  if (create === undefined) throw new NotCovered(test.op);
  const model = create(objectAt(test, "spec"));
  const state = Object.entries(objectAt(test, "state")).map(([name, json]) => [name, decoder.tensor(json)] as const);
  model.loadStateDict(Object.fromEntries(state));
  return model;
}

function optimizerFor(test: Case, model: TestedModel, decoder: Decoder): AnyOptimizer {
  const settings: JsonObject = objectAt(test, "optimizer");
  const { signature, build } = optimizerRowOf(`torch.optim.${textAt(settings, "name")}`);
  return build(model.parameters(), bind(signature, [], recordOf(decoder.value(objectAt(settings, "kwargs")))));
}

function batchesOf(test: Case, decoder: Decoder): Batch[] {
  const parts = numberAt(test, "batches", 1);
  const cut = (json: JsonObject[string]): Tensor[] => chunk(decoder.tensor(json), parts);
  const inputs = listAt(test, "inputs").map(cut);
  const targets = test["target"] === null ? [] : cut(test["target"] ?? null);
  return Array.from({ length: parts }, (_, i) => ({
    inputs: inputs.map((each) => each[i] as Tensor),
    target: targets[i],
  }));
}

/** The mean loss of a batch. Targets of class type are flattened. */
function lossOf(test: Case, model: TestedModel, { inputs, target }: Batch): Tensor {
  const output = model.forward(...inputs);
  const own = model.ownLoss(inputs, output);
  if (own !== undefined) return own;
  const name = textAt(test, "loss");
  const row = rowOf(`torch.nn.functional.${functions[name] ?? name}`);
  const classes = name === "CrossEntropyLoss";
  const args = classes
    ? [reshape(output, [-1, output.shape.at(-1) as number]), flatten(target as Tensor)]
    : [output, target];
  const loss = row.call(bind(row.signature, args, {}));
  if (!(loss instanceof Tensor)) throw new Mismatch(`${name} gives ${String(loss)}`);
  return loss;
}

const functions: Readonly<Record<string, string>> = {
  CrossEntropyLoss: "cross_entropy",
  MSELoss: "mse_loss",
  BCEWithLogitsLoss: "binary_cross_entropy_with_logits",
};

async function compareGradients(test: Case, model: TestedModel, context: Context): Promise<void> {
  const parameters = new Map(model.namedParameters());
  for (const [name, json] of Object.entries(objectAt(test, "grads_step_1"))) {
    const found = parameters.get(name)?.grad;
    await compareOne(
      `gradient of ${name} in step 1`,
      found,
      context.decoder.expected(json),
      gradTolerance(test, context),
    );
  }
}

async function compareState(test: Case, model: TestedModel, context: Context): Promise<void> {
  const state = model.stateDict();
  const within = { ...tolerance(test, context), atol: context.factor * numberAt(test, "state_atol") };
  for (const [name, json] of Object.entries(objectAt(test, "state_after"))) {
    await compareOne(`${name} afterwards`, state[name], context.decoder.expected(json), within);
  }
}

async function compareAnswer(test: Case, model: TestedModel, context: Context): Promise<void> {
  const inputs = listAt(test, "inputs").map((json) => context.decoder.tensor(json));
  const within = { ...tolerance(test, context), atol: context.factor * numberAt(test, "eval_atol") };
  const answer = noGrad(() => model.eval().forward(...inputs));
  await compareOne("output afterwards", answer, context.decoder.expected(test["eval_output_after"]), within);
}
