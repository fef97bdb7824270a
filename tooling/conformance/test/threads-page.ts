import { answer } from "@dl/browser/page";
import { conv2d, Generator, gelu, matmul, randn, setThreads, softmax, type Tensor, threads } from "@dl/tensor";

const generator = new Generator(1);
const [a, b] = [randn([101, 403], { generator }), randn([403, 67], { generator })];
const [x, weight] = [randn([5, 16, 12, 13], { generator }), randn([27, 16, 3, 3], { generator })];

const results = (): number[] =>
  [matmul(a, b), softmax(a, { dim: 1 }), gelu(a), conv2d(x, weight)].flatMap((each: Tensor) => [...each.toArray()]);

await answer(async () => {
  const alone = results();
  const refused = await setThreads(2, { smallest: 0 }).then(
    () => "",
    (error: Error) => error.message,
  );
  const found = results();
  return { threads: threads(), refused, same: alone.every((value, i) => Object.is(value, found[i])) };
});
