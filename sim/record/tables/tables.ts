import { mean } from 'simple-statistics';
import { JobOutcome } from '../../model/columns/jobs.js';
import { NodeState } from '../../model/columns/nodes.js';
import { handleStep } from '../../model/columns/side-by-side.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import { metrics } from '../metrics/index.js';
import type { Recorder } from '../recorder.js';
import { type Cell, type Column, type Table, tableOf } from './table.js';

const nameIn = (names: Readonly<Record<string, number>>, value: number): string =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value);

const orEmpty = (value: number): Cell => (Number.isNaN(value) ? null : value);

/** A replication's figures, by the order of `metrics`. */
export interface RunRow {
  readonly replication: number;
  readonly seed: string;
  readonly values: readonly number[];
}

export function runsTable(runs: readonly RunRow[]): Table {
  const columns: Column[] = [
    { name: 'replication', unit: '', meaning: 'Number of the replication, from 1' },
    { name: 'seed', unit: '', meaning: 'Seed of the replication' },
    ...metrics.map(({ name, unit, meaning }) => ({ name, unit, meaning })),
  ];
  return tableOf(
    'runs',
    'A row a replication, a column a metric',
    columns,
    runs.map((run) => [run.replication, run.seed, ...run.values.map(orEmpty)]),
  );
}

/** Mean of each metric; the interval needs at least two replications. */
export function summaryTable(runs: readonly RunRow[]): Table {
  const columns: Column[] = [
    { name: 'metric', unit: '', meaning: 'Name of the metric, a column of runs.csv' },
    { name: 'unit', unit: '', meaning: 'Unit of mean, low95 and high95' },
    { name: 'mean', unit: 'the metric’s', meaning: 'Mean over replications; one replication’s value is its value' },
    { name: 'low95', unit: 'the metric’s', meaning: 'Lower end of the 95 % interval; empty for one replication' },
    { name: 'high95', unit: 'the metric’s', meaning: 'Upper end of the 95 % interval; empty for one replication' },
    { name: 'n', unit: 'replications', meaning: 'Replications in which the metric applies' },
  ];
  const rows = metrics.map((metric, index): Cell[] => {
    const values = runs.map((run) => run.values[index]!).filter((value) => !Number.isNaN(value));
    return [metric.name, metric.unit, values.length === 0 ? null : mean(values), null, null, values.length];
  });
  return tableOf('summary', 'Each metric over the replications', columns, rows);
}

/** A row a node that was declared or entered: its final state. */
export function nodesTable(world: World, recorder: Recorder, nodeNames: (node: number) => string): Table {
  const { nodes, ownership, cohorts, machines, network, hardware } = world;
  const columns: Column[] = [
    { name: 'node', unit: '', meaning: 'Row of the node' },
    { name: 'name', unit: '', meaning: 'Its name in the trace it was replayed from, else cohort and ordinal' },
    { name: 'cohort', unit: '', meaning: 'Cohort' },
    { name: 'operator', unit: '', meaning: 'Row of its true operator' },
    { name: 'machine', unit: '', meaning: 'Row of its true machine' },
    { name: 'region', unit: '', meaning: 'Region' },
    { name: 'hardware', unit: '', meaning: 'Declared hardware class' },
    { name: 'throughput', unit: 'reference cards', meaning: 'Declared throughput' },
    { name: 'state', unit: '', meaning: 'absent, present, left or ejected' },
    { name: 'online', unit: '', meaning: 'Whether the network can reach it' },
    { name: 'active', unit: '', meaning: 'Whether it can get work: online, not in jail, enough stake' },
    { name: 'joinedDays', unit: 'd', meaning: 'When it joined; empty if it never did' },
    { name: 'leftDays', unit: 'd', meaning: 'When it left or was ejected; empty if it didn’t' },
    { name: 'score', unit: 'score', meaning: 'Score by the reputation model' },
    { name: 'publishedScore', unit: 'score', meaning: 'Score as last published' },
    { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked' },
    { name: 'slashedTokens', unit: 'tokens', meaning: 'Slashed so far' },
    { name: 'incomeTokens', unit: 'tokens', meaning: 'Paid for it so far' },
    { name: 'attemptsAccepted', unit: 'attempts', meaning: 'Attempts whose result was accepted' },
    { name: 'attemptsFailed', unit: 'attempts', meaning: 'Attempts found to have failed' },
    { name: 'workReferenceHours', unit: 'h', meaning: 'Accepted work on the reference card, the whole run' },
    {
      name: 'machineUpFraction',
      unit: 'fraction',
      meaning: 'Share of its machine’s time in the network that it was up',
    },
  ];
  const row = (node: number): Cell[] => {
    const machine = ownership.machine[node]!;
    const used = machines.usedSeconds[machine]!;
    const isAbsent = nodes.state[node] === NodeState.absent;
    return [
      node,
      nodeNames(node),
      cohorts[ownership.cohort[node]!]!.name,
      ownership.operator[node]!,
      machine / handleStep,
      network.regions[nodes.region[node]!]!,
      hardware[nodes.hardware[node]!]!.name,
      nodes.throughput[node]!,
      nameIn(NodeState, nodes.state[node]!),
      nodes.isOnline[node] === 1,
      nodes.isActive[node] === 1,
      isAbsent ? null : nodes.joinedAt[node]! / secondsPerDay,
      nodes.leftAt[node] === Number.POSITIVE_INFINITY ? null : nodes.leftAt[node]! / secondsPerDay,
      isAbsent ? null : nodes.score[node]!,
      isAbsent ? null : nodes.publishedScore[node]!,
      nodes.stake[node]! / microTokens,
      recorder.slashed[node]! / microTokens,
      world.ledger.earned(node) / microTokens,
      recorder.attemptsAccepted[node]!,
      recorder.attemptsFailed[node]!,
      recorder.workSeconds[node]! / secondsPerHour,
      used === 0 ? null : machines.upSeconds[machine]! / used,
    ];
  };
  return {
    name: 'nodes',
    meaning: 'Final state of every node',
    columns,
    rowCount: nodes.count,
    rows: function* () {
      for (let node = 0; node < nodes.count; node++) yield row(node);
    },
  };
}

export function slashingsTable(world: World, recorder: Recorder): Table {
  const { slashings } = recorder;
  const cohortOf = (node: number) => world.cohorts[world.ownership.cohort[node]!]!.name;
  return {
    name: 'slashings',
    meaning: 'Every slash, in the order of time',
    columns: [
      { name: 'timeDays', unit: 'd', meaning: 'When' },
      { name: 'node', unit: '', meaning: 'Row of the node' },
      { name: 'cohort', unit: '', meaning: 'Its cohort' },
      { name: 'cause', unit: '', meaning: 'The finding: timeout, absence, invalid, checkInMissed' },
      { name: 'amountTokens', unit: 'tokens', meaning: 'Slashed' },
      { name: 'score', unit: 'score', meaning: 'Score after the finding' },
    ],
    rowCount: slashings.length,
    rows: function* () {
      for (let row = 0; row < slashings.length; row++) {
        const node = slashings.value(row, 1);
        const cause = nameIn(EvidenceKind, slashings.value(row, 2));
        const amount = slashings.value(row, 3) / microTokens;
        yield [slashings.value(row, 0) / secondsPerDay, node, cohortOf(node), cause, amount, slashings.value(row, 4)];
      }
    },
  };
}

/** A row a job, in the order in which they became final; only with `detail`. */
export function jobsTable(world: World, recorder: Recorder): Table {
  const { jobRows } = recorder;
  const column = (name: string, unit: string, meaning: string): Column => ({ name, unit, meaning });
  return {
    name: 'jobs',
    meaning: 'Every job that became final, in that order',
    columns: [
      column('workload', '', 'Workload'),
      column('ordinal', '', 'Ordinal within the workload, from 0'),
      column('jobClass', '', 'Job class'),
      column('region', '', 'Region of the client'),
      column('submittedSeconds', 's', 'Time of submission'),
      column('workSeconds', 's', 'Declared work on the reference card'),
      column('feeTokens', 'tokens', 'Fee'),
      column('assignedSeconds', 's', 'Time of the first assignment'),
      column(
        'deliveredSeconds',
        's',
        'When the result was in: with replicas the last that agreed, if refused the last',
      ),
      column('finalSeconds', 's', 'Time of the settlement'),
      column('outcome', '', 'completed, rejected, timedOut or unserved'),
      column('attempts', 'attempts', 'Attempts made, recomputations included'),
      column('node', '', 'Row of the last node that worked on it for the client'),
      column('priceTokens', 'tokens', 'Part of the fee that was due, if the job was accepted'),
      column('isWrong', '', 'Whether a result that arrived was wrong; empty without a result'),
    ],
    rowCount: jobRows.length,
    rows: function* () {
      for (let row = 0; row < jobRows.length; row++) {
        const value = (place: number) => jobRows.value(row, place);
        yield [
          world.workloads[value(0)]!.settings.name,
          value(1),
          world.classes[value(2)]!.name,
          world.network.regions[value(3)]!,
          value(4),
          value(5),
          value(6) / microTokens,
          orEmpty(value(7)),
          orEmpty(value(8)),
          value(9),
          nameIn(JobOutcome, value(10)),
          value(11),
          value(12) < 0 ? null : value(12),
          value(12) < 0 ? null : value(13) / microTokens,
          Number.isNaN(value(14)) ? null : value(14) === 1,
        ];
      }
    },
  };
}

/** A row an observer asked; only with `detail`. */
export function attestationsTable(world: World, recorder: Recorder): Table {
  const { attestationRows } = recorder;
  return {
    name: 'attestations',
    meaning: 'Every observer asked about an attempt, jobs in the order in which they became final',
    columns: [
      { name: 'workload', unit: '', meaning: 'Workload of the job' },
      { name: 'ordinal', unit: '', meaning: 'Ordinal of the job within the workload' },
      { name: 'attempt', unit: '', meaning: 'Number of the attempt, from 0' },
      { name: 'node', unit: '', meaning: 'Row of the worker' },
      { name: 'observer', unit: '', meaning: 'Row of the observer; empty if it did not reply' },
      { name: 'place', unit: '', meaning: 'Ordinal of the observer, from 0' },
      { name: 'reply', unit: '', meaning: 'signed or refused; empty if it did not reply' },
    ],
    rowCount: attestationRows.length,
    rows: function* () {
      for (let row = 0; row < attestationRows.length; row++) {
        const value = (place: number) => attestationRows.value(row, place);
        const observer = value(4) < 0 ? null : value(4);
        const reply = observer === null ? null : value(6) === 1 ? 'refused' : 'signed';
        yield [world.workloads[value(0)]!.settings.name, value(1), value(2), value(3), observer, value(5), reply];
      }
    },
  };
}
