/** The parts of a run that figures speak of, and what each word means. */
export const windows = {
  fixed: 'a name, a place or a setting, the same throughout',
  'whole run': 'from the start to the end',
  'after the warm-up': 'from the end of the warm-up to the end of the run',
  'at the end': 'as things stand when the run ends',
  'at the time': 'as things stand at the time that the row names',
  'in the interval': 'from the time of the row before to the time that the row names',
  'so far': 'from the start to the time that the row names',
  'since joining': 'from joining to leaving, or to the end of the run',
  own: 'the time of what the row is about, such as a job or a slash',
  'the metric’s': 'the window of the metric that the row names',
} as const;

/** The part of the run that a figure speaks of. */
export type Window = keyof typeof windows;

/** Whether a text is one of the words. */
export function isWindow(text: string): text is Window {
  return Object.hasOwn(windows, text);
}
