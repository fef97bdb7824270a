/**
 * The function of `epoch` that an expression in Python's notation stands for: numbers, `+ - * / **`, brackets, `min` and
 * `max`.
 *
 * @throws SyntaxError for anything else
 */
export function expression(text: string): (epoch: number) => number {
  const tokens = text.match(/\*\*|[-+*/(),]|[\w.]+|\S/g) ?? [];
  let at = 0;
  const accept = (token: string): boolean => tokens[at] === token && ++at > 0;
  const expect = (token: string): void => {
    if (!accept(token)) throw new SyntaxError(`expression: expected ${token} at ${tokens[at] ?? "the end"} of ${text}`);
  };

  function sum(): Value {
    let left = product();
    for (;;) {
      const [a, minus] = [left, accept("-")];
      if (!minus && !accept("+")) return left;
      const b = product();
      left = minus ? (x) => a(x) - b(x) : (x) => a(x) + b(x);
    }
  }

  function product(): Value {
    let left = signed();
    for (;;) {
      const [a, over] = [left, accept("/")];
      if (!over && !accept("*")) return left;
      const b = signed();
      left = over ? (x) => a(x) / b(x) : (x) => a(x) * b(x);
    }
  }

  function signed(): Value {
    if (!accept("-")) return power();
    const a = signed();
    return (x) => -a(x);
  }

  function power(): Value {
    const a = primary();
    if (!accept("**")) return a;
    const b = signed();
    return (x) => a(x) ** b(x);
  }

  function primary(): Value {
    const token = tokens[at++] ?? "";
    if (token === "(") return closed(sum());
    if (token === "epoch") return (x) => x;
    if (token === "min" || token === "max") {
      expect("(");
      const all = [sum()];
      while (accept(",")) all.push(sum());
      expect(")");
      return (x) => Math[token](...all.map((each) => each(x)));
    }
    const value = Number(token);
    if (token === "" || Number.isNaN(value))
      throw new SyntaxError(`expression: no value at ${token || "the end"} of ${text}`);
    return () => value;
  }

  function closed(value: Value): Value {
    expect(")");
    return value;
  }

  const whole = sum();
  if (at < tokens.length) throw new SyntaxError(`expression: ${tokens[at]} is left over in ${text}`);
  return whole;
}

type Value = (x: number) => number;
