import { Adadelta, Adagrad, Adam, Adamax, AdamW, NAdam, type Optimizer, RAdam, RMSprop, SGD } from "@dl/optim";
import type { Tensor } from "@dl/tensor";

/** Steps at which the places are compared with PyTorch's. */
export const marks = [1, 10, 50, 100] as const;

interface Method {
  readonly name: string;
  readonly make: (params: Tensor[]) => Optimizer;
  /** PyTorch 1.13.1 in float64: x and y after 1, 10, 50 and 100 steps. */
  readonly pytorch: readonly number[];
}

export const methods: readonly Method[] = [
  {
    name: "SGD",
    make: (p) => new SGD(p, { lr: 0.95 }),
    pytorch: [-6.335, -1.8, -2.579786894, 0.69735688, -0.047591238, 0.01030755, -0.000323561, 5.3123e-5],
  },
  {
    name: "Momentum",
    make: (p) => new SGD(p, { lr: 0.1, momentum: 0.9 }),
    pytorch: [-6.93, 1.6, -4.347553787, 0.008799741, 0.40917119, -0.060996858, 0.018435772, -0.005702822],
  },
  {
    name: "Nesterov",
    make: (p) => new SGD(p, { lr: 0.1, momentum: 0.9, nesterov: true }),
    pytorch: [-6.867, 1.24, -4.078277804, 0.102721471, 0.347342653, -9.4165e-5, 0.004957867, -1.22e-7],
  },
  {
    name: "AdaGrad",
    make: (p) => new Adagrad(p, { lr: 1.5 }),
    pytorch: [-5.5, 0.5, -1.489385196, 4.338e-6, -0.009833652, 0, -1.8844e-5, 0],
  },
  {
    name: "Adadelta",
    make: (p) => new Adadelta(p, { lr: 10 }),
    pytorch: [
      -6.968377546, 1.968377233, -6.667467967, 1.679928698, -5.313541969, 0.700293551, -3.732015012, 0.093071745,
    ],
  },
  {
    name: "RMSProp",
    make: (p) => new RMSprop(p, { lr: 0.1 }),
    pytorch: [-6.000000143, 1.000000025, -2.78505214, 0.005264078, -0.159569327, 0, -0.001906006, 0],
  },
  {
    name: "Adam",
    make: (p) => new Adam(p, { lr: 0.3 }),
    pytorch: [
      -6.700000004, 1.700000001, -4.059411586, -0.491847039, 0.501600491, -0.038578384, 0.028801454, 0.00065441,
    ],
  },
  {
    name: "Adamax",
    make: (p) => new Adamax(p, { lr: 0.3 }),
    pytorch: [
      -6.700000004, 1.700000001, -4.305339902, -0.018273307, 0.028549259, 0.081388643, 0.023917449, 0.005954025,
    ],
  },
  {
    name: "Nadam",
    make: (p) => new NAdam(p, { lr: 0.3 }),
    pytorch: [-6.685140654, 1.68514065, -4.730920098, 0.219569751, 0.09121653, 0.000571378, -0.003773252, 0],
  },
  {
    name: "RAdam",
    make: (p) => new RAdam(p, { lr: 0.3 }),
    pytorch: [-6.79, 0.8, -5.927602642, -0.87173239, -4.700684603, -0.030262483, -2.569768757, -0.015193144],
  },
  {
    name: "AdamW",
    make: (p) => new AdamW(p, { lr: 0.3, weightDecay: 0.01 }),
    pytorch: [-6.679000004, 1.694000001, -3.897109199, -0.50041312, 0.436436662, -0.027041111, 0.030049195, 0.00200015],
  },
];
