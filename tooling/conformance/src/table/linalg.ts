import * as dl from "@dl/tensor";
import { type Row, row, unaryRow } from "./row.ts";

const upper = { upper: "upper" } as const;

/** `torch.cholesky(input, upper=False)` and the like. */
const triangleRow = (name: string, call: (x: dl.Tensor, options: dl.CholeskyOptions) => dl.Tensor): Row =>
  row(`${name}(input|A, upper=False)`, (a) => call(a.tensor(), a.options<dl.CholeskyOptions>(upper)));

const eigenRow = (name: string, call: (x: dl.Tensor, options: dl.EighOptions) => readonly dl.Tensor[]): Row =>
  row(`${name}(A|input, UPLO='L')`, (a) => call(a.tensor("A"), a.options<dl.EighOptions>({ uplo: "UPLO" })));

export const linalg = [
  triangleRow("torch.cholesky", dl.cholesky),
  triangleRow("torch.cholesky_inverse", dl.choleskyInverse),
  row("torch.cholesky_solve(input, input2, upper=False)", (a) =>
    dl.choleskySolve(a.tensor(), a.tensor("input2"), a.options<dl.CholeskyOptions>(upper)),
  ),
  triangleRow("torch.linalg.cholesky", dl.cholesky),
  row("torch.linalg.cond(A|input, p=None)", (a) => dl.cond(a.tensor("A"), a.options({ p: "p" }))),
  unaryRow("torch.linalg.det", dl.det),
  unaryRow("torch.det", dl.det),
  eigenRow("torch.linalg.eigh", (x, options) => {
    const { eigenvalues, eigenvectors } = dl.eigh(x, options);
    return [eigenvalues, eigenvectors];
  }),
  eigenRow("torch.linalg.eigvalsh", (x, options) => [dl.eigvalsh(x, options)]),
  unaryRow("torch.inverse", dl.inv),
  unaryRow("torch.linalg.inv", dl.inv),
  unaryRow("torch.logdet", dl.logdet),
  unaryRow("torch.matrix_exp", dl.matrixExp),
  unaryRow("torch.linalg.matrix_exp", dl.matrixExp),
  row("torch.linalg.matrix_power(A|input, n)", (a) => dl.matrixPower(a.tensor("A"), a.number("n"))),
  row("torch.matrix_power(input, n)", (a) => dl.matrixPower(a.tensor(), a.number("n"))),
  row("torch.linalg.matrix_rank(A|input, *, atol=None, rtol=None)", (a) =>
    dl.matrixRank(a.tensor("A"), a.options<dl.RankOptions>({ atol: "atol", rtol: "rtol" })),
  ),
  row("torch.linalg.pinv(A|input, rtol|rcond=None, hermitian=False, *, atol=None)", (a) =>
    dl.pinv(a.tensor("A"), a.options<dl.PinvOptions>({ atol: "atol", rtol: "rtol", hermitian: "hermitian" })),
  ),
  row("torch.pinverse(input, rcond=1e-15)", (a) =>
    dl.pinv(a.tensor(), { rtol: 1e-15, ...a.options<dl.PinvOptions>({ rtol: "rcond" }) }),
  ),
  row("torch.linalg.qr(A|input)", (a) => {
    const { q, r } = dl.qr(a.tensor("A"));
    return [q, r];
  }),
  row("torch.linalg.slogdet(A|input)", (a) => {
    const { sign, logabsdet } = dl.slogdet(a.tensor("A"));
    return [sign, logabsdet];
  }),
  row("torch.linalg.solve(A|input, B|other)", (a) => dl.solve(a.tensor("A"), a.tensor("B"))),
  row("torch.linalg.solve_triangular(A|input, B, *, upper, left=True, unitriangular=False)", (a) =>
    dl.solveTriangular(
      a.tensor("A"),
      a.tensor("B"),
      a.options<dl.SolveTriangularOptions>({ upper: "upper", left: "left", unitriangular: "unitriangular" }),
    ),
  ),
  row("torch.linalg.svdvals(A|input)", (a) => dl.svdvals(a.tensor("A"))),
  row("torch.triangular_solve(input|b, A, upper=True, transpose=False, unitriangular=False)", (a) => {
    const coefficients = a.tensor("A");
    const options = { upper: "upper", transpose: "transpose", unitriangular: "unitriangular" } as const;
    const solution = dl.triangularSolve(a.tensor(), coefficients, a.options<dl.TriangularSolveOptions>(options));
    return [solution, dl.clone(coefficients)];
  }),
  row("torch.linalg.vander(x, *, N=None)", (a) =>
    dl.vander(a.tensor("x"), { ...a.options<dl.VanderOptions>({ n: "N" }), increasing: true }),
  ),
  row("torch.linalg.vecdot(x|input, y, *, dim=-1)", (a) =>
    dl.vecdot(a.tensor("x"), a.tensor("y"), a.options({ dim: "dim" })),
  ),
];
