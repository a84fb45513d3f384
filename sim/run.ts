/*
 * scenarios/*.yaml → sim/scenario/ → sim/model/ → sim/engine/ → sim/record/ → reports/
 *       YAML         checked values    world        events        tables      CSV, charts, HTML
 *                  `------- sim/run.ts: the same line, one numbered call per arrow -------'
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RecorderMaker } from './build/recorder.js';
import { type Built, buildWorld } from './build/world.js';
import { NodeState } from './model/columns/nodes.js';
import { checkConservation } from './model/nodes/epochs.js';
import { expectationsTable, type HeldBounds } from './record/expectations.js';
import { feltIn } from './record/felt-spans.js';
import { finalFingerprint } from './record/final-fingerprint.js';
import { measure } from './record/metrics/index.js';
import { type FinishedRun, finishedRun } from './record/metrics/metric.js';
import { observedEpisodes } from './record/observed-episodes.js';
import { attacksTable } from './record/tables/attack/attacks.js';
import { detectionTable } from './record/tables/attack/detection.js';
import { cohortsTable } from './record/tables/cohorts.js';
import { currenciesTable } from './record/tables/currencies.js';
import { attestationsTable } from './record/tables/detail/attestations.js';
import { jobsTable } from './record/tables/detail/jobs.js';
import { disputesTable } from './record/tables/disputes.js';
import { type Episode, episodesTable } from './record/tables/episodes.js';
import { jobClassesTable } from './record/tables/job-classes.js';
import { limitsTable } from './record/tables/limits.js';
import { newcomersTable } from './record/tables/newcomers.js';
import { hardwareTable } from './record/tables/nodes/hardware.js';
import { nodesTable } from './record/tables/nodes/nodes.js';
import { type RunRow, runsTable } from './record/tables/runs.js';
import { slashingsTable } from './record/tables/slashings.js';
import { summaryTable } from './record/tables/summary.js';
import type { Table } from './record/tables/table.js';
import { traceTables } from './record/tables/trace.js';
import { capacityTable, unservedTable } from './record/tables/unserved.js';
import { votesTable } from './record/tables/votes.js';
import type { LoadedScenario } from './scenario/load.js';
import type { Compared } from './scenario/plan/compared.js';
import { honestTwin, isTwinWanted } from './scenario/plan/fleet/honest-twin.js';
import { changeInWords, scheduledEpisodes } from './scenario/plan/scheduled-episodes.js';

/** How far a run is. */
export interface Progress {
  /** [s] */
  readonly simulatedSeconds: number;
  readonly horizonSeconds: number;
  readonly events: number;
  readonly jobs: number;
  /** Whose run it is, if not the scenario's own: one that it is compared to, or its honest twin. */
  readonly comparedTo?: string;
}

export interface RunOptions {
  /** Number of the replication that this is, from 1, which tables bear; the seed is the scenario's in any case. */
  readonly replication?: number;
  /** Keep a row for every job and attestation. */
  readonly detail?: boolean;
  /** Told between slices of simulated time, and of events where there are many in one. */
  readonly onProgress?: (progress: Progress) => void;
  /** Aborts between slices; the run then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The run of a scenario that expectations were compared to. */
export interface ComparedRun extends Compared<LoadedScenario> {
  readonly trajectoryFingerprint: string;
  readonly accountingFingerprint: string;
}

/** The run of a scenario's honest twin: the same network with every attacker honest. */
export interface TwinRun {
  readonly trajectoryFingerprint: string;
  readonly accountingFingerprint: string;
}

/** What a run leaves: its figures, its tables, and the two fingerprints that say it was the same run. */
export interface RunResult {
  readonly loaded: LoadedScenario;
  readonly row: RunRow;
  /** What each expectation, and the question, was held against. */
  readonly held: readonly HeldBounds[];
  /** Of the events delivered. */
  readonly trajectoryFingerprint: string;
  /** Of the final columns. */
  readonly accountingFingerprint: string;
  readonly events: number;
  readonly jobs: number;
  /** Everything for the run folder, `timeseries` among them. */
  readonly tables: readonly Table[];
  /** The runs that it was compared to. */
  readonly compared: readonly ComparedRun[];
  /** Null where no twin was run. */
  readonly twin: TwinRun | null;
}

/** Slices of simulated time, after each of which progress is told and an interrupt is heard. */
const slices = 2_000;
/** The same happens after so many events, some hundredths of a second, though the clock may hardly have moved. */
const eventsATurn = 50_000;

/**
 * Runs a loaded scenario once, and each that it is compared to: the same scenario and seed give the same result on
 * every machine.
 *
 * Throws what the signal says when aborted, and Error for a broken invariant, which is an error of this program.
 */
export async function runScenario(loaded: LoadedScenario, options: RunOptions = {}): Promise<RunResult> {
  const { detail = false, onProgress, replication = 1, signal } = options;
  const result = await runOnce(loaded, {
    detail,
    replication,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (loaded.compared.length === 0) return result;
  // 4. the same seed under other rules → what is compared
  const { compared, values } = await runCompared(loaded, options);
  const rows = result.held.map((row) => ({ ...row, comparedValue: values.get(row.expectation) ?? Number.NaN }));
  const tables = result.tables.map((table) => (table.name === 'expectations' ? expectationsTable(rows) : table));
  return { ...result, held: rows, tables, compared };
}

/**
 * One run with a recorder that sees more than the ordinary one, and changes nothing; compared to no other, so that
 * expectations which are can't be told.
 */
export async function runRecorded(loaded: LoadedScenario, options: RecordedOptions): Promise<RunResult> {
  return runOnce(loaded, options);
}

/** Runs what a scenario is compared to, and finds the figures of its expectations there, by their numbers. */
async function runCompared(loaded: LoadedScenario, { onProgress, signal }: RunOptions) {
  const compared: ComparedRun[] = [];
  const values = new Map<number, number>();
  for (const one of loaded.compared) {
    const result = await runOnce(one.other, {
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) => onProgress?.({ ...progress, comparedTo: one.comparedTo }),
    });
    // the other's expectations are these, in their order
    for (const { expectation, told } of result.held) values.set(one.expectations[expectation - 1]!, told.value);
    const { trajectoryFingerprint, accountingFingerprint } = result;
    compared.push({ ...one, trajectoryFingerprint, accountingFingerprint });
  }
  return { compared, values };
}

interface RecordedOptions extends RunOptions {
  readonly createRecorder?: RecorderMaker;
}

/** A run by itself: what is compared to other runs isn't told. */
async function runOnce(loaded: LoadedScenario, options: RecordedOptions): Promise<RunResult> {
  // 0. the same with every attacker honest → what the attack is held against
  const twin = isTwinWanted(loaded.scenario) ? await runTwin(loaded, options) : null;
  // 1. checked values → world
  const built = buildWorld(loaded, { detail: false, ...options });
  // 2. world → events
  await simulate(built, loaded.scenario.horizon, options);
  // 3. events → tables
  return collect(loaded, built, twin, options);
}

/** Under the same seed, so that all that befalls anybody from outside is the same. */
async function runTwin(loaded: LoadedScenario, { onProgress, signal }: RunOptions): Promise<FinishedRun> {
  const built = buildWorld(honestTwin(loaded), { detail: false });
  await simulate(built, loaded.scenario.horizon, {
    ...(signal === undefined ? {} : { signal }),
    onProgress: (progress) => onProgress?.({ ...progress, comparedTo: 'the honest twin' }),
  });
  return finish(loaded, built, null);
}

function finish({ scenario }: LoadedScenario, built: Built, twin: FinishedRun | null): FinishedRun {
  const { world, recorder, lives } = built;
  lives.endRun();
  recorder.finish();
  checkConservation(world);
  return finishedRun(world, recorder, scenario.money, twin);
}

async function simulate({ world, handlers, lives }: Built, horizonSeconds: number, options: RunOptions): Promise<void> {
  const { simulation } = world;
  for (let slice = 1; slice <= slices; ) {
    const until = slice === slices ? horizonSeconds : (horizonSeconds / slices) * slice;
    if (simulation.runUntil(until, handlers, eventsATurn)) slice++;
    options.onProgress?.({
      simulatedSeconds: simulation.now,
      horizonSeconds,
      events: simulation.delivered,
      jobs: lives.submission.submittedJobs(),
    });
    await nextTurn();
    options.signal?.throwIfAborted();
  }
}

function collect(loaded: LoadedScenario, built: Built, twin: FinishedRun | null, options: RunOptions): RunResult {
  const { detail = false, replication = 1 } = options;
  const { world, recorder, lives, plans, expected } = built;
  const finished = finish(loaded, built, twin);
  if (detail) recorder.keepOpenJobs();
  const { seed } = loaded.scenario;
  const { metrics } = loaded.scenario.registry;
  const row: RunRow = { replication, seed, values: measure(finished, metrics) };
  const nameOf = namesOf(loaded, built);
  const held = expected.hold(finished, row.values);
  const timeseries = recorder.timeline.toTable(replication);
  const attackers = world.cohorts.filter(({ isAttacker }) => isAttacker).map(({ name }) => name);
  const passed = new Set(recorder.votes.flatMap((one) => (one.counted.outcome === 'passed' ? [one.vote.number] : [])));
  const episodes = [
    ...scheduledEpisodes(plans, attackers, loaded, feltIn(world), (vote) => passed.has(vote)),
    ...observedEpisodes(timeseries, attackers, recorder.options.warmUpSeconds).map((one) => untilLeft(one, world)),
  ];
  const tables = [
    runsTable([row], metrics),
    summaryTable([row], metrics),
    expectationsTable(held),
    timeseries,
    ...(twin === null ? [] : [{ ...twin.recorder.timeline.toTable(replication), name: 'twin' }]),
    episodesTable(episodes),
    cohortsTable(finished),
    ...(twin === null ? [] : [{ ...cohortsTable(twin), name: 'twin-cohorts' }]),
    ...(attackers.length === 0 ? [] : [attacksTable(finished, metrics)]),
    nodesTable(world, recorder, nameOf),
    hardwareTable(world),
    slashingsTable(world, recorder.slashings),
    detectionTable(world, recorder),
    disputesTable(world, recorder.disputes),
    votesTable(world, recorder.votes, proposalsOf(loaded)),
    newcomersTable(world, recorder),
    unservedTable(world, recorder.total),
    capacityTable(world, recorder.capacity, recorder.timeline.keptOf('all').since),
    jobClassesTable(world, recorder),
    limitsTable(world.limits),
    currenciesTable(world),
    ...[...loaded.traces.values()].flatMap((trace) => traceTables(trace, world, recorder)),
    ...(detail ? [jobsTable(recorder.jobs), attestationsTable(recorder.attestations)] : []),
  ];
  return {
    loaded,
    row,
    held,
    ...fingerprintsOf(finished),
    events: world.simulation.delivered,
    jobs: lives.submission.submittedJobs(),
    tables,
    compared: [],
    twin: twin === null ? null : fingerprintsOf(twin),
  };
}

function fingerprintsOf(finished: FinishedRun): TwinRun {
  return {
    trajectoryFingerprint: finished.world.simulation.fingerprint,
    accountingFingerprint: finalFingerprint(finished),
  };
}

/** What each of the votes is about, in the order of the scenario. */
function proposalsOf({ changes }: LoadedScenario): readonly string[] {
  const proposals: string[] = [];
  for (const change of changes) if (change.vote !== null) proposals[change.vote.number] = changeInWords(change);
  return proposals;
}

/** An attack whose nodes have all left ends when the last of them did, not at the last sample that saw one. */
function untilLeft(episode: Episode, { cohorts, nodes, ownership }: Built['world']): Episode {
  if (episode.kind !== 'attack') return episode;
  const { index } = cohorts.find(({ name }) => name === episode.scope)!;
  let last = episode.endSeconds;
  for (let node = 0; node < nodes.count; node++) {
    if (ownership.cohort[node] !== index || nodes.state[node] === NodeState.absent) continue;
    if (nodes.leftAt[node] === Number.POSITIVE_INFINITY) return episode;
    last = Math.max(last, nodes.leftAt[node]!);
  }
  return { ...episode, endSeconds: last };
}

/** Names of the nodes: a later identity of the same place in its cohort has its number behind, as in `swarm-1.2`. */
function namesOf({ traces }: LoadedScenario, { world, plans }: Built): (node: number) => string {
  const { nodes, ownership } = world;
  const identities = new Map<string, number>();
  const names = Array.from({ length: nodes.count }, (_, node) => {
    const { name } = plans[ownership.cohort[node]!]!;
    const ordinal = ownership.ordinal[node]!;
    const first = traces.get(name)?.names[ordinal] ?? `${name}-${ordinal}`;
    // rows are in the order of entering
    const identity = (identities.get(first) ?? 0) + 1;
    identities.set(first, identity);
    return identity === 1 ? first : `${first}.${identity}`;
  });
  return (node) => names[node]!;
}
