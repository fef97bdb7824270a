export interface Example {
  /** The file and line people look for. */
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** The code under every `@example` of a source file's doc comments. */
export function examplesInSource(text: string, file: string): Example[] {
  const found: Example[] = [];
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const first = lineAt(text, comment.index);
    const lines = comment[0]
      .replace(/\s*\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*(\/\*\*|\*) ?/, ""));
    for (let i = 0; i < lines.length; i += 1) {
      if (!/^@example\b/.test(lines[i] ?? "")) continue;
      const start = i + 1;
      let end = start;
      while (end < lines.length && !/^@[a-z]/.test(lines[end] ?? "")) end += 1;
      const code = lines.slice(start, end).map((line) => (line.startsWith("```") ? "" : line));
      found.push({ file, line: first + start, code: code.join("\n").trimEnd() });
      i = end - 1;
    }
  }
  return found;
}

/** The `ts` code blocks of a Markdown file. */
export function examplesInMarkdown(text: string, file: string): Example[] {
  const blocks = text.matchAll(/^```ts[^\n]*\n([\s\S]*?)^```/gm);
  return Array.from(blocks, (block) => ({
    file,
    line: lineAt(text, block.index) + 1,
    code: (block[1] ?? "").trimEnd(),
  }));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
