/** A piece of HTML whose inserted texts are escaped already. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * HTML from a template: inserted strings and numbers are escaped, `Html` and lists of it go in as they are.
 *
 * @example
 * html`<p>${"1 < 2"}</p>`.text; // => "<p>1 &#60; 2</p>"
 */
export function html(strings: TemplateStringsArray, ...values: readonly Insert[]): Html {
  return new Html(strings.reduce((text, string, i) => text + inserted(values[i - 1]) + string));
}

/** What may stand in `${}`. */
type Insert = string | number | Html | undefined | readonly Insert[];

function inserted(value: Insert): string {
  if (value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(inserted).join("");
  return String(value).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
