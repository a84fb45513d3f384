/** Characters that could steer a terminal or turn the direction of writing. */
const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text without anything that could steer a terminal or turn the direction of writing; white space is a space. */
export function toPrintable(text: string): string {
  return text.replace(STEERING, (character) => (/\s/.test(character) ? ' ' : ''));
}

/** A value as JSON in one line that a terminal shows as it stands: what could steer it is escaped. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(STEERING, (character) =>
    Array.from({ length: character.length }, (_, unit) => {
      return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
