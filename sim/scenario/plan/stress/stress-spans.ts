import type { StressMark } from '../../../model/outside/cohort-process.js';
import { stressMarks } from '../../../model/outside/cohort-processes.js';
import type { Spans } from '../../../model/outside/spans.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { bugPlans, outagePlans, partitionPlans, surgesOf } from './stress-plan.js';

/** A span of time in which something from outside weighs on a part of the network. */
export interface StressSpan {
  readonly kind: StressMark['kind'];
  /** Its name in the scenario. */
  readonly name: string;
  /** On what it weighs, in words: `region europe`, `europe from japan`, `workload batch`, `cohort honest`. */
  readonly scope: string;
  /** Included. */
  readonly startSeconds: number;
  /** Excluded; it can lie beyond the horizon. */
  readonly endSeconds: number;
}

/** More marks than this on one axis tell nothing; the earliest are kept. */
export const marksMost = 200;

/**
 * The scheduled and drawn spans of stress that begin up to the horizon, in the order of time: at most 200 of each
 * source.
 */
export function stressSpans(scenario: Scenario): readonly StressSpan[] {
  const { horizon } = scenario;
  const found: StressSpan[] = [];
  const list = (kind: StressSpan['kind'], name: string, scope: string, spans: Spans) => {
    for (let number = 0; number < marksMost && spans.start(number) <= horizon; number++) {
      found.push({ kind, name, scope, startSeconds: spans.start(number), endSeconds: spans.end(number) });
    }
  };
  for (const { name, scope, spans } of outagePlans(scenario)) list('outage', nameIn(name), scope, spans);
  for (const { name, scope, spans } of bugPlans(scenario)) list('bug', nameIn(name), scope, spans);
  for (const { name, scope, spans } of partitionPlans(scenario)) list('partition', nameIn(name), scope, spans);
  for (const workload of Object.keys(scenario.workload)) {
    for (const surge of surgesOf(scenario, workload)) list('surge', surge.name, `workload ${workload}`, surge.spans);
  }
  for (const [cohort, settings] of Object.entries(scenario.fleet)) {
    for (const { kind, spans } of stressMarks(settings)) list(kind, kind, `cohort ${cohort}`, spans);
  }
  return found.sort((a, b) => a.startSeconds - b.startSeconds);
}

/** `outages.blackout` is named `blackout` in its block. */
function nameIn(path: string): string {
  return path.slice(path.indexOf('.') + 1);
}
