import type { RecorderMaker } from '../build/world.js';
import { AttemptKind } from '../model/columns/attempts.js';
import type { AttemptIndex, NodeIndex } from '../model/columns/nodes.js';
import { NodeState } from '../model/columns/nodes.js';
import { type EvidenceKind, isAccepted } from '../model/contract/evidence.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../model/contract/units.js';
import type { World } from '../model/world/world.js';
import { Recorder } from '../record/recorder.js';
import { type Cell, type Column, type Table, tableOf } from '../record/tables/table.js';

const columns: readonly Column[] = [
  { name: 'epoch', unit: '', meaning: 'Number of the epoch, from 1; the last may be cut off by the horizon' },
  { name: 'timeDays', unit: 'd', meaning: 'End of the epoch' },
  { name: 'state', unit: '', meaning: 'absent, present, left or ejected' },
  { name: 'online', unit: '', meaning: 'Whether the network can reach it then' },
  { name: 'upFraction', unit: 'fraction', meaning: 'Share of the epoch that its machine was up, while it was used' },
  { name: 'score', unit: 'score', meaning: 'Score by the reputation model' },
  { name: 'publishedScore', unit: 'score', meaning: 'Score as last published' },
  { name: 'scoreChangedDays', unit: 'd', meaning: 'When a job or an epoch’s end last changed the score' },
  { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked' },
  { name: 'incomeTokens', unit: 'tokens', meaning: 'Paid for it in the epoch' },
  { name: 'slashedTokens', unit: 'tokens', meaning: 'Slashed in the epoch' },
  { name: 'attemptsAccepted', unit: 'attempts', meaning: 'Attempts in the epoch whose result was accepted' },
  { name: 'attemptsFailed', unit: 'attempts', meaning: 'Attempts in the epoch found to have failed' },
  { name: 'workReferenceHours', unit: 'h', meaning: 'Accepted work in the epoch, on the reference card' },
  {
    name: 'latencyMeanSeconds',
    unit: 's',
    meaning: 'Mean time from assignment to the result’s arrival, of the accepted attempts; empty without any',
  },
];

/** A recorder that also keeps a row of one node at the end of each epoch, and of the run. */
export class NodeHistory extends Recorder {
  readonly #node: NodeIndex;
  readonly #rows: Cell[][] = [];
  #seen!: World;
  /** What the sums were when the last epoch ended. */
  #before = { earned: 0, slashed: 0, accepted: 0, failed: 0, work: 0, up: 0, used: 0 };
  #latencySum = 0;
  #latencyCount = 0;
  #score = Number.NaN;
  #scoreChangedAt = Number.NaN;

  constructor(node: NodeIndex, ...given: Parameters<RecorderMaker>) {
    super(...given);
    this.#node = node;
  }

  override watch(world: World): void {
    super.watch(world);
    this.#seen = world;
    this.#lookAtScore();
  }

  override attemptSettled(attempt: AttemptIndex, verdict: EvidenceKind): void {
    super.attemptSettled(attempt, verdict);
    const { attempts } = this.#seen;
    if (attempts.node[attempt] !== this.#node) return;
    this.#lookAtScore();
    if (!isAccepted(verdict) || attempts.kind[attempt] === AttemptKind.recheck) return;
    this.#latencySum += attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]!;
    this.#latencyCount++;
  }

  override epochEnded(): void {
    super.epochEnded();
    this.#takeRow();
  }

  override finish(): void {
    super.finish();
    const { simulation, rules } = this.#seen;
    if (simulation.now > this.#rows.length * rules.epochSeconds) this.#takeRow();
  }

  toTable(): Table {
    return tableOf('node-history', 'One node at the end of each epoch', columns, this.#rows);
  }

  #lookAtScore(): void {
    const { nodes, simulation } = this.#seen;
    const score = nodes.score[this.#node]!;
    if (nodes.state[this.#node] === NodeState.absent || score === this.#score) return;
    this.#score = score;
    this.#scoreChangedAt = simulation.now;
  }

  #takeRow(): void {
    this.#lookAtScore();
    const { nodes, ledger, machines, ownership, simulation } = this.#seen;
    const node = this.#node;
    const machine = ownership.machine[node]!;
    const now = {
      earned: ledger.earned(node),
      slashed: this.slashed[node]!,
      accepted: this.attemptsAccepted[node]!,
      failed: this.attemptsFailed[node]!,
      work: this.workSeconds[node]!,
      up: machines.upSeconds[machine]!,
      used: machines.usedSeconds[machine]!,
    };
    const before = this.#before;
    const used = now.used - before.used;
    const isAbsent = nodes.state[node] === NodeState.absent;
    this.#rows.push([
      this.#rows.length + 1,
      simulation.now / secondsPerDay,
      Object.entries(NodeState).find(([, state]) => state === nodes.state[node])![0],
      nodes.isOnline[node] === 1,
      used > 0 ? (now.up - before.up) / used : null,
      isAbsent ? null : nodes.score[node]!,
      isAbsent ? null : nodes.publishedScore[node]!,
      Number.isNaN(this.#scoreChangedAt) ? null : this.#scoreChangedAt / secondsPerDay,
      nodes.stake[node]! / microTokens,
      (now.earned - before.earned) / microTokens,
      (now.slashed - before.slashed) / microTokens,
      now.accepted - before.accepted,
      now.failed - before.failed,
      (now.work - before.work) / secondsPerHour,
      this.#latencyCount === 0 ? null : this.#latencySum / this.#latencyCount,
    ]);
    this.#before = now;
    this.#latencySum = 0;
    this.#latencyCount = 0;
  }
}
