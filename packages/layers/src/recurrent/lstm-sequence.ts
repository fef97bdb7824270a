import { customGradient } from "@dl/autograd";
import { apply, cat, chunk, elementwise, matmul, mul, reshape, scope, select, stack, type Tensor, transpose } from "@dl/tensor";
import { type Direction, inTime, lastState, statesBefore, stepOrder, type Whole } from "./sequence.ts";
