/**
 * The first key that an object of `json` (valid, as `JSON.parse` found) holds twice, down to the second level:
 * `JSON.parse` keeps the last without a word.
 */
export function duplicateKey(json: string): string | undefined {
  const seen: Set<string>[] = [];
  const strings = /[{}[\]]|"(?:[^"\\]|\\.)*"(\s*:)?/g;
  for (let match = strings.exec(json); match !== null; match = strings.exec(json)) {
    const [token, colon] = match;
    if (token === "{" || token === "[") seen.push(new Set());
    else if (token === "}" || token === "]") seen.pop();
    else if (colon !== undefined && seen.length <= 2) {
      const key: string = JSON.parse(token.slice(0, -colon.length));
      const keys = seen[seen.length - 1] as Set<string>;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}
