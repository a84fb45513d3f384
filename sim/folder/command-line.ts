/** A command as it can be typed again. */
export function toCommandLine(words: readonly string[]): string {
  const quote = (word: string) => (/^[\w./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return ['sim', ...words.map(quote)].join(' ');
}
