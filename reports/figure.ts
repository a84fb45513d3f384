/** A number as people read it: the text, and the unit that stands behind it. */
export interface Figure {
  readonly text: string;
  readonly unit: string;
}

/** Writes a value of the unit: shares as percentages, seconds in the unit that suits, thousands apart. */
export function toFigure(value: number, unit: string): Figure {
  if (!Number.isFinite(value)) return { text: toNumber(value), unit: '' };
  if (unit === 'fraction') return { text: toPercent(value), unit: '%' };
  if (unit === 's') return toTime(value);
  if (unit === '1' || unit === 'probability') return { text: toNumber(value), unit: '' };
  return { text: toNumber(value), unit };
}

/** What isn't all isn't rounded up to it: 99.997 rather than 100. */
function toPercent(fraction: number): string {
  const text = toNumber(fraction * 100);
  if (text !== '100' || fraction >= 1) return text;
  let decimals = 2;
  while ((fraction * 100).toFixed(decimals).startsWith('100')) decimals++;
  return (fraction * 100).toFixed(decimals);
}

/** The same in one text: `3.1 %`, `24 min`, `4,321 USD`. */
export function toPhrase(value: number, unit: string): string {
  const figure = toFigure(value, unit);
  return figure.unit === '' ? figure.text : `${figure.text} ${figure.unit}`;
}

const timeUnits = [
  { unit: 'd', seconds: 86_400, from: 172_800 },
  { unit: 'h', seconds: 3_600, from: 7_200 },
  { unit: 'min', seconds: 60, from: 120 },
  { unit: 's', seconds: 1, from: 1 },
  { unit: 'ms', seconds: 0.001, from: 0 },
] as const;

function toTime(seconds: number): Figure {
  if (seconds === 0) return { text: '0', unit: 's' };
  const { unit, seconds: length } = timeUnits.find(({ from }) => Math.abs(seconds) >= from)!;
  return { text: toNumber(seconds / length), unit };
}

/** Three digits that count, whole numbers and thousands in full: 0.0312, 12, 98.7, 4,321; a dash for no number. */
export function toNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return toSigned(value.toExponential(2));
  const plain = Number.isInteger(value) || size >= 100 ? value.toFixed(0) : value.toPrecision(3);
  const [whole = '', rest] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = rest?.replace(/0+$/, '') ?? '';
  return toSigned(digits === '' ? grouped : `${grouped}.${digits}`);
}

/** A minus that isn't a hyphen, and none before 0. */
function toSigned(text: string): string {
  return /^-[0.,]*$/.test(text) ? text.slice(1) : text.replace(/^-/, '−');
}
