/**
 * The characters of a text, by code point.
 *
 * @example
 * splitCharacters("né🙂"); // => ["n", "é", "🙂"]
 */
export function splitCharacters(text: string): string[] {
  return Array.from(text);
}

/**
 * The words and marks of a text. Letters, digits and apostrophes within words hold together; every other character but
 * white space stands alone.
 *
 * @example
 * splitWords("Don't panic, Arthur."); // => ["don't", "panic", ",", "arthur", "."]
 */
export function splitWords(text: string, { lowerCase = true }: { readonly lowerCase?: boolean } = {}): string[] {
  return (lowerCase ? text.toLowerCase() : text).match(/[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*|\S/gu) ?? [];
}
