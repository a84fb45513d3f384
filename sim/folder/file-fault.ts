import { InvalidInput } from '../scenario/text/faults.js';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a read-only disk',
  ENOSPC: 'a full disk',
  EDQUOT: 'a full disk',
  EFBIG: 'a file that has become too large',
  ENOTDIR: 'a file on the way to it',
  EEXIST: 'a file in its place',
  ENAMETOOLONG: 'too long a name',
  ENOENT: 'nothing there',
  ELOOP: 'a circle of links',
};

/** A refusal of a file or folder as a whole, in one line. */
export function refusal(file: string, expected: string, found: string): InvalidInput {
  return new InvalidInput([{ position: { file, line: 0, column: 0 }, path: '', expected, found }]);
}

/** What the operating system refused as a fault of the input; any other error as it is. */
export function toFileFault(error: unknown, file: string, expected: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  const code = String(error.code);
  return refusal(file, expected, reasons[code] ?? `an error (${code})`);
}
