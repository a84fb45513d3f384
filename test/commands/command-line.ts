import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { temporaryFolder } from '../support/temporary-folder.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const cli = join(root, 'dist/sim/cli.js');

/** What a command printed and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `sim` as a user would, in the given folder. */
export function sim(args: readonly string[], folder = root): Ended {
  const child = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

/** A scenario that runs in a blink. */
export const smallScenario = `# Does a small network serve its jobs?
protocol: { extends: triangulated-mesh, epoch: 12h }
seed: small-1
horizon: 12h
warmUp: 1h
fleet:
  honest: { nodes: 30, outages: heavy-tailed }
  swarm: { nodes: 10, stake: 10, joins: { at: 2h, over: 1h }, strategy: { kind: sybil-swarm, machines: 2 } }
workload:
  batch: { arrivals: { perHour: 30 } }
expect:
  - { metric: completedFraction, above: 0.5 }
  - { metric: attackerWorkShare, below: 0.9 }
`;
