import { NONE } from '../model/columns/nodes.js';
import type { CountedWindow } from '../record/counted-window.js';
import { type AttackWindows, Recorder, type RecorderOptions } from '../record/recorder.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import { classNames } from '../scenario/plan/lanes.js';
import { type Scenario, warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import type { FleetTrace } from '../scenario/traces/trace.js';

/** Makes the recorder, for those who want to see more than it keeps. */
export type RecorderMaker = (nodeCapacity: number, cohorts: number, options: RecorderOptions) => Recorder;

interface RecordingOptions {
  /** Keep a row for every job and attestation. */
  readonly detail: boolean;
  readonly createRecorder?: RecorderMaker;
}

/** What is counted by windows: attackers' share of the work, and what expectations ask. */
interface CountedWindows {
  readonly attack: AttackWindows | null;
  readonly windows: readonly CountedWindow[];
}

/** The recorder of a run, which counts machines beside the snapshots of the first cohort that replays records. */
export function buildRecorder(
  scenario: Scenario,
  plans: readonly FleetPlan[],
  traces: ReadonlyMap<string, FleetTrace>,
  { attack, windows }: CountedWindows,
  { detail, createRecorder = (...given) => new Recorder(...given) }: RecordingOptions,
): Recorder {
  const traced = plans.findIndex((plan) => traces.has(plan.name));
  const times = traced === NONE ? new Float64Array(0) : traces.get(plans[traced]!.name)!.snapshotTimes;
  const nodeCapacity = plans.reduce((sum, plan) => sum + plan.shape.identitiesMost, 0);
  return createRecorder(nodeCapacity, plans.length, {
    horizonSeconds: scenario.horizon,
    warmUpSeconds: warmUpSeconds(scenario),
    sampleSeconds: scenario.sampleEvery,
    jobClasses: classNames(scenario).length,
    detail,
    prices: scenario.money,
    snapshotTimes: times.filter((time) => time <= scenario.horizon),
    snapshotCohort: traced,
    attack,
    windows,
  });
}
