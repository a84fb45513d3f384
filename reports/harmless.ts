// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const STEERING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

/**
 * The text without what could steer a terminal that shows it, turn the direction of writing, or make XML malformed; tab
 * and line breaks stay.
 */
export function harmless(text: string): string {
  return text.replace(STEERING, '');
}
