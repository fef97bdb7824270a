import { vegaDataset } from "@dl/data";

/** A month of one company: what came before, the change that followed, and the prices before and after it. */
export interface Sample {
  readonly company: string;
  readonly month: number;
  readonly changes: readonly number[];
  readonly next: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Every month of five companies with the changes of the `past` months before: changes of the logarithm of the price,
 * so that ten percent is the same for a cheap share and a dear one.
 */
export async function samples(past: number): Promise<Sample[]> {
  const { columns } = vegaDataset("stocks", { from: import.meta.url });
  const { codes, names } = columns.symbol;
  const [owners, prices] = [await codes.read(), await columns.price.read()];
  const months = new Map<string, number>();
  for (const date of columns.date) if (!months.has(date)) months.set(date, months.size);
  return names.flatMap((company, code) => {
    const own = [...prices.entries()].filter(([row]) => owners[row] === code);
    const month = (i: number): number => months.get(columns.date[own[i]?.[0] as number] as string) as number;
    const price = (i: number): number => own[i]?.[1] as number;
    const change = (i: number): number => Math.log(price(i) / price(i - 1));
    return Array.from({ length: own.length - past - 1 }, (_, i) => i + past + 1).map((i) => ({
      company,
      month: month(i),
      changes: Array.from({ length: past }, (_, back) => change(i - past + back)),
      next: change(i),
      from: price(i - 1),
      to: price(i),
    }));
  });
}
