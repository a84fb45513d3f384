import { toPrintable } from '../../scenario/text/printable.js';

/** Where a command writes: results to one side, everything said about them to the other. */
export interface Terminal {
  /** Whether what is said goes to a screen, whose last line can be rewritten. */
  readonly isScreen: boolean;
  /** A line of the result; its tone is lost where there are no colours. */
  print(line: string, tone?: Tone): void;
  /** A line about faults or progress. */
  say(line: string): void;
  /** Takes the place of the line shown so far; nothing is left of it when the text is empty. */
  show(line: string): void;
}

type Tone = 'good' | 'bad';

const colours: Readonly<Record<Tone, string>> = { good: '\u001b[32m', bad: '\u001b[31m' };

/** The process's own terminal; NO_COLOR turns colours off. */
export function processTerminal(): Terminal {
  const isScreen = process.stderr.isTTY === true;
  let shown = 0;
  const show = (line: string) => {
    if (!isScreen) return;
    const text = toPrintable(line).slice(0, Math.max(20, (process.stderr.columns || 80) - 1));
    process.stderr.write(`\r${text}${' '.repeat(Math.max(0, shown - text.length))}${text === '' ? '\r' : ''}`);
    shown = text.length;
  };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` that has seen enough is no fault.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`standard output: expected a place that can be written, found ${error.code}\n`);
    process.once('exit', () => {
      process.exitCode = 2;
    });
  });
  const isColoured = process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '';
  return {
    isScreen,
    print: (line, tone) => {
      const text = toPrintable(line);
      process.stdout.write(tone !== undefined && isColoured ? `${colours[tone]}${text}\u001b[0m\n` : `${text}\n`);
    },
    say: (line) => {
      show('');
      process.stderr.write(`${toPrintable(line)}\n`);
    },
    show,
  };
}
