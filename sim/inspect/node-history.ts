import type { RecorderMaker } from '../build/recorder.js';
import { AttemptKind } from '../model/columns/attempts.js';
import type { AttemptIndex, NodeIndex } from '../model/columns/nodes.js';
import { NodeState } from '../model/columns/nodes.js';
import type { EvidenceKind } from '../model/contract/evidence.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../model/contract/units.js';
import type { World } from '../model/world/world.js';
import { Recorder } from '../record/recorder.js';
import { measuredColumns } from '../record/tables/nodes/node-measures.js';
import { type Cell, type ColumnOf, cellOf, namesIn, type Table, tableOf } from '../record/tables/table.js';

/** The node at the end of an epoch, and what it did in it. */
interface NodeEpoch {
  /** From 1. */
  readonly epoch: number;
  readonly timeSeconds: number;
  readonly state: NodeState;
  /** Why a node that is present gets no work; null for no such reason. */
  readonly barred: 'jailed' | 'suspended' | null;
  readonly isOnline: boolean;
  /** NaN if its machine wasn't used. */
  readonly upFraction: number;
  /** NaN before it joined, as is the published one. */
  readonly score: number;
  readonly publishedScore: number;
  /** NaN before the first change. */
  readonly scoreChangedSeconds: number;
  /** Locked; income and slashed of the epoch [micro-tokens]. */
  readonly stake: number;
  readonly income: number;
  readonly slashed: number;
  readonly accepted: number;
  readonly failed: number;
  /** [s on the reference card] */
  readonly work: number;
  /** NaN without an accepted attempt [s]. */
  readonly latencyMean: number;
  /** What this network's mechanisms keep of nodes besides. */
  readonly measured: readonly Cell[];
}

const stateName = namesIn(NodeState);

const columns: readonly ColumnOf<NodeEpoch>[] = [
  {
    name: 'epoch',
    unit: '',
    window: 'fixed',
    meaning: 'Number of the epoch, from 1; the last may be cut off by the horizon',
    value: ({ epoch }) => epoch,
  },
  {
    name: 'timeDays',
    unit: 'd',
    window: 'at the time',
    meaning: 'End of the epoch',
    value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
  },
  {
    name: 'state',
    unit: '',
    window: 'at the time',
    meaning: 'absent, present, jailed, suspended, left or ejected',
    value: ({ barred, state }) => barred ?? stateName(state),
  },
  {
    name: 'online',
    unit: '',
    window: 'at the time',
    meaning: 'Whether the network can reach it then',
    value: ({ isOnline }) => isOnline,
  },
  {
    name: 'upFraction',
    unit: 'fraction',
    window: 'in the interval',
    meaning: 'Share of the epoch that its machine was up, while it was used',
    value: ({ upFraction }) => cellOf(upFraction),
  },
  {
    name: 'score',
    unit: 'score',
    window: 'at the time',
    meaning: 'Score by the reputation model',
    value: ({ score }) => cellOf(score),
  },
  {
    name: 'publishedScore',
    unit: 'score',
    window: 'at the time',
    meaning: 'Score as last published',
    value: ({ publishedScore }) => cellOf(publishedScore),
  },
  {
    name: 'scoreChangedDays',
    unit: 'd',
    window: 'so far',
    meaning: 'When a job or an epoch’s end last changed the score',
    value: ({ scoreChangedSeconds }) => cellOf(scoreChangedSeconds / secondsPerDay),
  },
  {
    name: 'stakeTokens',
    unit: 'tokens',
    window: 'at the time',
    meaning: 'Stake locked',
    value: ({ stake }) => stake / microTokens,
  },
  {
    name: 'incomeTokens',
    unit: 'tokens',
    window: 'in the interval',
    meaning: 'Paid for it in the epoch',
    value: ({ income }) => income / microTokens,
  },
  {
    name: 'slashedTokens',
    unit: 'tokens',
    window: 'in the interval',
    meaning: 'Stake and bonds slashed in the epoch',
    value: ({ slashed }) => slashed / microTokens,
  },
  {
    name: 'attemptsAccepted',
    unit: 'attempts',
    window: 'in the interval',
    meaning: 'Attempts in the epoch whose result was accepted',
    value: ({ accepted }) => accepted,
  },
  {
    name: 'attemptsFailed',
    unit: 'attempts',
    window: 'in the interval',
    meaning: 'Attempts in the epoch found to have failed',
    value: ({ failed }) => failed,
  },
  {
    name: 'workReferenceHours',
    unit: 'h',
    window: 'in the interval',
    meaning: 'Accepted work in the epoch, on the reference card',
    value: ({ work }) => work / secondsPerHour,
  },
  {
    name: 'latencyMeanSeconds',
    unit: 's',
    window: 'in the interval',
    meaning: 'Mean time from assignment to the result’s arrival, of the accepted attempts; empty without any',
    value: ({ latencyMean }) => cellOf(latencyMean),
  },
];

/** A recorder that also keeps a row of one node at the end of each epoch, and of the run. */
export class NodeHistory extends Recorder {
  readonly #node: NodeIndex;
  readonly #epochs: NodeEpoch[] = [];
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
    const { attempts, kinds } = this.#seen;
    if (attempts.node[attempt] !== this.#node) return;
    this.#lookAtScore();
    if (kinds.isAccepted[verdict] !== 1 || attempts.kind[attempt] === AttemptKind.recheck) return;
    this.#latencySum += attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]!;
    this.#latencyCount++;
  }

  override epochEnded(): void {
    super.epochEnded();
    this.#endEpoch();
  }

  override finish(): void {
    super.finish();
    const { simulation, rules } = this.#seen;
    if (simulation.now > this.#epochs.length * rules.now.epochSeconds) this.#endEpoch();
  }

  toTable(): Table {
    const measured = measuredColumns(this.#seen).map(
      (column, place): ColumnOf<NodeEpoch> => ({
        ...column,
        window: 'at the time',
        value: (epoch) => epoch.measured[place]!,
      }),
    );
    return tableOf('node-history', 'One node at the end of each epoch', [...columns, ...measured], this.#epochs);
  }

  #lookAtScore(): void {
    const { nodes, simulation } = this.#seen;
    const score = nodes.score[this.#node]!;
    if (nodes.state[this.#node] === NodeState.absent || score === this.#score) return;
    this.#score = score;
    this.#scoreChangedAt = simulation.now;
  }

  #barred(): NodeEpoch['barred'] {
    const { nodes, simulation } = this.#seen;
    const node = this.#node;
    if (nodes.state[node] !== NodeState.present) return null;
    if (nodes.jailedUntil[node]! > simulation.now) return 'jailed';
    return nodes.isSuspended[node] === 1 ? 'suspended' : null;
  }

  #endEpoch(): void {
    this.#lookAtScore();
    const { nodes, ledger, machines, ownership, simulation } = this.#seen;
    const node = this.#node;
    const machine = ownership.machine[node]!;
    const now = {
      earned: ledger.earned(node),
      slashed: this.slashed[node]!,
      accepted: this.work.accepted(node),
      failed: this.work.failed(node),
      work: this.work.workSeconds(node),
      up: machines.upSeconds[machine]!,
      used: machines.usedSeconds[machine]!,
    };
    const before = this.#before;
    const used = now.used - before.used;
    const isAbsent = nodes.state[node] === NodeState.absent;
    this.#epochs.push({
      epoch: this.#epochs.length + 1,
      timeSeconds: simulation.now,
      state: nodes.state[node]! as NodeState,
      barred: this.#barred(),
      isOnline: nodes.isOnline[node] === 1,
      upFraction: used > 0 ? (now.up - before.up) / used : Number.NaN,
      score: isAbsent ? Number.NaN : nodes.score[node]!,
      publishedScore: isAbsent ? Number.NaN : nodes.publishedScore[node]!,
      scoreChangedSeconds: this.#scoreChangedAt,
      stake: nodes.stake[node]!,
      income: now.earned - before.earned,
      slashed: now.slashed - before.slashed,
      accepted: now.accepted - before.accepted,
      failed: now.failed - before.failed,
      work: now.work - before.work,
      latencyMean: this.#latencySum / this.#latencyCount,
      measured: measuredColumns(this.#seen).map((column) => column.value(node)),
    });
    this.#before = now;
    this.#latencySum = 0;
    this.#latencyCount = 0;
  }
}
