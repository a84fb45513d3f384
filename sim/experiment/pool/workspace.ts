import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { refusal } from '../../folder/file-fault.js';
import { type Finished, refuseOthersFolder } from '../../folder/finished.js';
import { isAlive } from '../../folder/left-drafts.js';
import type { Unit } from '../work/outcome.js';
import { Journal } from './journal.js';

export interface WorkspaceOptions {
  /** Go on with what an interrupted process left, if it left anything. */
  readonly resume?: boolean;
  /** Begin anew in place of what it left. */
  readonly force?: boolean;
  /** What it leaves when it is finished: --resume replaces no other's. */
  readonly finished?: Finished;
}

/**
 * Where an experiment keeps what it has, beside its folder, until that is complete: `.NAME.unfinished`. It stays when
 * the process is interrupted or killed, so that `--resume` goes on from there.
 */
export class Workspace {
  readonly journal: Journal;
  readonly folder: string;

  private constructor(folder: string, journal: Journal) {
    this.folder = folder;
    this.journal = journal;
  }

  /**
   * Throws InvalidInput if something unfinished is there and neither resumed nor forced away, is another experiment's,
   * or is being worked on by another process.
   *
   * @param identity the hash of all that the results depend on
   */
  static open(target: string, identity: string, options: WorkspaceOptions): Workspace {
    const { resume = false, force = false, finished } = options;
    const folder = folderFor(target);
    const mark = join(folder, 'experiment.json');
    const left = readMark(mark);
    if (left !== undefined && left.process > 0 && left.process !== process.pid && isAlive(left.process)) {
      throw refusal(target, 'a folder that no other process is filling', `process ${left.process} at work on it`);
    }
    if (left !== undefined && !force) {
      if (!resume) throw refusal(target, '--resume, or --force to begin anew', 'an unfinished experiment');
      if (left.identity !== identity) {
        throw refusal(target, 'an unfinished experiment of the same scenario, settings and version', 'another one');
      }
    } else {
      if (resume && !force && finished !== undefined) refuseOthersFolder(target, finished);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
    writeFileSync(mark, `${JSON.stringify({ identity, process: process.pid })}\n`);
    return new Workspace(folder, Journal.resume(join(folder, 'journal.jsonl')));
  }

  /** Whether an experiment with that target is unfinished. */
  static isUnfinished(target: string): boolean {
    return existsSync(join(folderFor(target), 'experiment.json'));
  }

  /** The folder for the tables of a run, which is made. */
  tablesOf(unit: Unit): string {
    const folder = tablesIn(this.folder, unit);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Removes all of it: the experiment is complete. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function folderFor(target: string): string {
  const place = resolve(target);
  return join(dirname(place), `.${basename(place)}.unfinished`);
}

/** Where the tables of a run lie in a workspace's folder, if they are kept. */
export function tablesIn(folder: string, { point, replication }: Unit): string {
  return join(folder, `tables-${point}-${replication}`);
}

function readMark(path: string): { readonly identity: unknown; readonly process: number } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { identity, process: owner } = JSON.parse(readFileSync(path, 'utf8'));
    return { identity, process: Number.isSafeInteger(owner) ? owner : 0 };
  } catch (error) {
    // it breaks off: nothing was done yet
    if (error instanceof SyntaxError) return { identity: null, process: 0 };
    throw error;
  }
}
