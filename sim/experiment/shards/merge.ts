import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from '../../folder/file-fault.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { Journal } from '../pool/journal.js';
import { tablesIn, type Workspace } from '../pool/workspace.js';
import { toLineOfText, type Unit } from '../work/outcome.js';
import { readMark, type ShardMark, unitsOfShard } from './shard.js';

/** A shard as its folder holds it. */
interface HeldShard {
  readonly folder: string;
  readonly mark: ShardMark;
}

/**
 * The marks of shards that make up one experiment: all of its n, each once.
 *
 * Throws InvalidInput for shards of different experiments or divisions, for gaps and for overlaps.
 */
export function readShards(folders: readonly string[]): readonly [HeldShard, ...HeldShard[]] {
  const shards = folders.map((folder): HeldShard => ({ folder, mark: readMark(folder) }));
  const [first] = shards as [HeldShard];
  const { identity, kind, of } = first.mark;
  const faults: Fault[] = [];
  const complain = (folder: string, expected: string, found: string) => {
    faults.push({ position: { file: folder, line: 0, column: 0 }, path: '', expected, found });
  };
  const asked = JSON.stringify(first.mark.asked);
  const byNumber = new Map<number, string>();
  for (const { folder, mark } of shards) {
    const isSame = mark.identity === identity && mark.kind === kind && JSON.stringify(mark.asked) === asked;
    if (!isSame) complain(folder, `a shard of what ${first.folder} is of`, 'one of another experiment');
    else if (mark.of !== of) complain(folder, `one of ${of} shards, as ${first.folder}`, `one of ${mark.of}`);
    else {
      const other = byNumber.get(mark.number);
      if (other === undefined) byNumber.set(mark.number, folder);
      else complain(folder, 'each shard once', `number ${mark.number}, as in ${other}`);
    }
  }
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((number) => !byNumber.has(number));
  if (faults.length === 0 && missing.length > 0) {
    const shown = missing.slice(0, 20).join(', ');
    const more = missing.length > 20 ? ` and ${missing.length - 20} more` : '';
    faults.push({ path: 'shards', expected: `all ${of} shards`, found: `none with number ${shown}${more}` });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  return shards.toSorted((a, b) => a.mark.number - b.mark.number) as [HeldShard, ...HeldShard[]];
}

/**
 * Puts what shards hold together in a workspace, as if one process had run all of it.
 *
 * Throws InvalidInput for a shard that lacks a result.
 *
 * @param units of the whole experiment, in its order
 */
export function gatherShards(shards: readonly HeldShard[], units: readonly Unit[], workspace: Workspace): void {
  for (const { folder, mark } of shards) {
    const journal = Journal.read(join(folder, 'journal.jsonl'));
    for (const unit of unitsOfShard(units, mark)) {
      const result = journal.resultOf(unit);
      if (result === undefined) {
        const found = `none of point ${unit.point + 1}, replication ${unit.replication}`;
        throw refusal(join(folder, 'journal.jsonl'), 'a result of each of its runs', found);
      }
      workspace.journal.add(unit, toLineOfText(result));
      const held = tablesIn(folder, unit);
      if (existsSync(held)) cpSync(held, workspace.tablesOf(unit), { recursive: true });
    }
  }
}
