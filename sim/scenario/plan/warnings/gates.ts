import { lanesMost } from '../../../model/columns/lane.js';
import type { ScoreRange } from '../../../model/contract/definition.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { lanesOf } from '../lanes.js';
import type { PlannedScenario } from '../planned-scenario.js';
import { scoresOf } from './mechanisms.js';
import type { Teller } from './teller.js';

/** Minimum scores and tiers that nobody can have, or that keep nobody out; scores that are brought along in vain. */
export function tellGates(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const { reputation } = scenario.protocol;
  const scores = scoresOf(planned);
  const isClosed = Object.values(scenario.workload).every(
    ({ minimumScore = 0, gatedShare }) => minimumScore > (scores.unworked ?? scores.highest) && gatedShare === 1,
  );
  for (const [name, { minimumScore, gatedShare, tier }] of Object.entries(scenario.workload)) {
    const path = (setting: string) => ['workload', name, setting];
    if (minimumScore !== undefined) tellMinimum(path('minimumScore'), minimumScore, scores, isClosed, teller);
    else if (teller.written(path('gatedShare')) !== undefined) {
      teller.warn(
        path('gatedShare'),
        'a minimumScore that the share of the jobs states',
        'so that none asks for a score',
      );
    }
    if (minimumScore !== undefined && gatedShare === 0) {
      teller.warn(path('gatedShare'), 'a share above 0', 'so that no job states the minimum score');
    }
    if (tier > 0 && scenario.registry.entry('reputation', reputation.kind).grantsTiers !== true) {
      const expected = '0, or a reputation model that grants tiers';
      teller.warn(path('tier'), expected, `so that any node may serve it under ${reputation.kind}`);
    }
  }
  tellImported(scenario, scores, teller);
  const count = lanesOf(scenario).length;
  if (count <= lanesMost) return;
  const expected = `at most ${lanesMost} sorts of jobs, by class, minimum score and tier, recomputations among them`;
  teller.refuse(['workload'], expected, '', `${count}`);
}

/** Scores from other networks that count nothing, or more than any here. */
function tellImported({ fleet, protocol }: Scenario, { lowest, highest }: ScoreRange, teller: Teller): void {
  const { discount } = protocol.importedScores;
  for (const [name, { importedScore }] of Object.entries(fleet)) {
    if (importedScore === undefined) continue;
    const path = ['fleet', name, 'importedScore'];
    const counted = (1 - discount) * importedScore;
    if (counted <= lowest) {
      teller.warn(path, `a score that counts more than ${lowest} at its discount`, 'so that it changes nothing');
    } else if (counted > highest) {
      teller.warn(path, `a score that counts at most ${highest}, the highest`, 'so that the rest counts nothing');
    }
  }
  const isBrought = Object.values(fleet).some(({ importedScore }) => importedScore !== undefined);
  const discountPath = ['protocol', 'importedScores', 'discount'];
  if (!isBrought && teller.isOwn(discountPath)) {
    teller.warn(discountPath, 'a cohort with an importedScore', 'so that nobody brings a score');
  }
}

/** @param isClosed whether no job of any workload is open to who has not worked yet */
function tellMinimum(
  path: readonly string[],
  minimum: number,
  { lowest, highest, unworked }: ScoreRange,
  isClosed: boolean,
  teller: Teller,
): void {
  if (minimum > highest) {
    const why = 'so that no node can ever serve these jobs';
    teller.refuse(path, `at most the highest score that the model gives, ${highest}`, why);
  } else if (minimum <= lowest) {
    teller.warn(path, `a score above the lowest that the model gives, ${lowest}`, 'so that it keeps nobody out');
  } else if (isClosed) {
    const expected = `at most the highest score before anybody has had a job, ${unworked}, in some workload`;
    teller.warn(path, expected, 'so that nobody ever gets work', `${minimum}`);
  }
}
