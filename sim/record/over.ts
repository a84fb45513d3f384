/**
 * What the bounds of an expectation are on where there are several replications: their mean, their median, an end of
 * the 95 % interval of the mean, a quantile, or each of them, of which a share has to keep within the bounds.
 */
export type Over = 'mean' | 'median' | 'low95' | 'high95' | { readonly quantile: number } | { readonly share: number };

/** `mean`, `quantile 0.9`: as a table's cell has it; empty for the metric's own. */
export function overToText(over: Over | undefined): string {
  if (over === undefined) return '';
  if (typeof over === 'string') return over;
  return 'share' in over ? `share ${over.share}` : `quantile ${over.quantile}`;
}

/** What such a cell says. */
export function overOfText(text: string): Over | undefined {
  if (text === '') return undefined;
  const [word, number] = text.split(' ');
  if (number === undefined) return word as Over;
  return word === 'share' ? { share: Number(number) } : { quantile: Number(number) };
}
