import { toPhrase } from '../../../reports/figure.js';
import { smallest } from '../../kernels/extent.js';
import { numberOf, records } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { checkExpectations, checkQuestion } from '../checked-expectations.js';
import { cohortSummaries } from '../cohort-summaries.js';
import { isAsked } from './asked.js';
import { attackersAbsent, attackersEjected, attackersProfit, attackersWork, capitalInWords } from './attackers.js';
import type { Answer, RunFacts, Said, ValueOf } from './facts.js';
import { honestStake, stakeHeld } from './honest-stake.js';
import { limitsTold } from './limits.js';
import { neverHappenedTold } from './never-happened.js';
import { answerOfReplications } from './replicated.js';
import { jobs, jobsWithoutNode, leftOpen, overshadowing, waiting } from './service.js';
import { honestKept } from './shortage/capacity.js';
import { besideQuestion, saidIn, verdictOf } from './verdict.js';
import { votesTold } from './votes.js';
import { wrongResults } from './wrong-results.js';

/** Something that a run can be asked: the metrics that ask it, and the sentences that answer, none if it can't be. */
interface Topic {
  readonly asks: readonly string[];
  /** Whether it tells gains, returns or stolen values, which leave out no part of the run. */
  readonly isOfWholeRun?: true;
  says(facts: RunFacts, value: ValueOf, said: Said): readonly string[];
}

/** In the order in which they are told where a scenario doesn't expect anything. */
const topics: readonly Topic[] = [
  { asks: ['attackerWorkShare', 'attackerPeakWorkShare'], says: attackersWork },
  {
    asks: [
      'attackerReturnOnCapital',
      'attackerProfitUsd',
      'attackerProfitOverTwinUsd',
      'attackerReturn',
      'attackerStakeHeldTokens',
    ],
    isOfWholeRun: true,
    says: attackersProfit,
  },
  { asks: ['attackersEjectedFraction'], says: attackersEjected },
  { asks: ['wrongAcceptedRate'], says: wrongResults },
  { asks: ['inconclusiveFraction'], says: unchecked },
  {
    asks: [
      'honestSlashedNodes',
      'honestStakeLostTokens',
      'honestStakeLostToTimeoutsTokens',
      'honestStakeLostToAbsencesTokens',
      'honestStakeLostToInvalidTokens',
      'honestStakeLostToCheckInsTokens',
      'honestStakeHeldTokens',
    ],
    says: (facts, value, said) => {
      const { scenario, table } = facts;
      const cohorts = cohortSummaries(table('cohorts'));
      const lost = honestStake(cohorts, table('nodes'), table('slashings'), warmUpSeconds(scenario));
      return [...lost, ...stakeHeld(value('honestStakeHeldTokens')), ...honestKept(facts, said)];
    },
  },
  { asks: ['honestReturnOnCapital'], isOfWholeRun: true, says: honestReturn },
  { asks: ['outageRecoveryMedianHours'], says: recovery },
  { asks: ['newcomerParityMedianDays', 'newcomersAtParityFraction'], says: parity },
  { asks: ['completedFraction', 'latencyP50Seconds'], says: jobs },
  { asks: ['jobsUnserved'], says: jobsWithoutNode },
  { asks: ['waitedFraction', 'waitingMeanSeconds'], says: waiting },
  { asks: ['votesPassed', 'attackerVotingPower', 'turnout'], says: votesTold },
];

/** Sentences that a reader takes in before looking at anything else. */
const reasonsMost = 3;

/**
 * The run in plain sentences: the verdict, then what overshadows everything else, what the question and the
 * expectations ask, in their order, and the rest.
 */
export function answerOf(facts: RunFacts): Answer {
  if (facts.replications.length > 1) return answerOfReplications(facts);
  const value = (name: string) => facts.values[name]!;
  const question = checkQuestion(facts.table('expectations'));
  const expected = checkExpectations(facts.table('expectations'));
  const asked = [...question, ...expected].map(({ metric }) => metric);
  const rank = ({ asks }: Pick<Topic, 'asks'>) => {
    const places = asks.map((metric) => asked.indexOf(metric)).filter((place) => place >= 0);
    return places.length === 0 ? asked.length : smallest(places);
  };
  const verdict = verdictOf(question, expected, facts);
  const beside = besideQuestion(question, expected, facts);
  const first = [...attackersAbsent(facts), ...overshadowing(facts, value)];
  const said = saidIn([verdict, ...first, ...beside], value);
  const told = [...topics]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ isOfWholeRun = false, says, ...topic }) => {
      return { isOfWholeRun, isAsked: rank(topic) < asked.length, sentences: says(facts, value, said) };
    });
  const isMixed = told.some(({ isOfWholeRun, sentences }) => isOfWholeRun && sentences.length > 0);
  const windows = isMixed && warmUpSeconds(facts.scenario) > 0 ? [windowsLine] : [];
  const bound = limitsTold(facts.table('limits'));
  const lacking = neverHappenedTold(facts);
  const sentences = [...first, ...beside, ...leftOpen(asked, value), ...told.flatMap(({ sentences }) => sentences)];
  const askedMost = sentences.length - told.reduce((sum, one) => sum + (one.isAsked ? 0 : one.sentences.length), 0);
  const reasons = sentences.slice(0, asked.length === 0 ? reasonsMost : Math.min(reasonsMost, askedMost));
  return {
    verdict,
    reasons,
    more: [...sentences.slice(reasons.length), ...bound, ...lacking, ...windows],
  };
}

/** What part of the run the figures are about, where it isn't the same for all of them. */
const windowsLine =
  'Gains, returns and stolen values are of the whole run, shares and rates of the time after the warm-up.';

/** Few may be by chance, as when an observer fails; more tell of a network too small for its rule. */
const uncheckedTold = 0.01;

function unchecked({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('inconclusiveFraction');
  const asked = isAsked(scenario, 'inconclusiveFraction');
  if (share === 0 && asked) return ['No completed job was accepted unchecked.'];
  if (!(share > uncheckedTold || (share > 0 && asked))) return [];
  const some = toPhrase(share, 'fraction');
  return [`${some} of the completed jobs were accepted unchecked: fewer witnesses replied than the rule needs.`];
}

function honestReturn({ scenario }: RunFacts, value: ValueOf): readonly string[] {
  const earned = value('honestReturnOnCapital');
  const asked = isAsked(scenario, 'honestReturnOnCapital');
  if (Number.isNaN(earned) || !asked) return [];
  const rate = toPhrase(Math.abs(earned), 'fraction');
  return [`Honest operators ${earned < 0 ? 'lost' : 'gained'} ${rate} of ${capitalInWords}.`];
}

function recovery({ table }: RunFacts, value: ValueOf): readonly string[] {
  const [share, hours] = [value('outagesRecoveredFraction'), value('outageRecoveryMedianHours')];
  if (Number.isNaN(share)) return [];
  if (share === 0) return ['After no shared outage the honest nodes that it struck were seen to earn as before.'];
  const which = share === 1 ? 'every shared outage' : `${toPhrase(share, 'fraction')} of the shared outages`;
  const when = hours === 0 ? 'already over the day after it' : `from ${toPhrase(hours, 'h')} after its end on`;
  const median = Number.isNaN(hours) ? '' : `, in the median ${when}`;
  const alone = hasHonestWork(table) ? '' : ', all of it emission, as no honest node had any work accepted';
  return [`After ${which} the honest nodes that were struck earned as before${median}${alone}.`];
}

function hasHonestWork(table: RunFacts['table']): boolean {
  for (const { isAttacker, workAfterWarmUpReferenceHours: hours } of records(table('cohorts'), workColumns)) {
    if (isAttacker !== true && numberOf(hours) > 0) return true;
  }
  return false;
}

const workColumns = ['isAttacker', 'workAfterWarmUpReferenceHours'] as const;

function parity(_: RunFacts, value: ValueOf): readonly string[] {
  const [days, share] = [value('newcomerParityMedianDays'), value('newcomersAtParityFraction')];
  const some = share === 0 ? 'none' : toPhrase(share, 'fraction');
  const seen = `of those watched for a week ${share === 0 ? 'was' : 'were'} seen to`;
  if (Number.isNaN(days)) {
    // Too few got there for a median.
    if (!(share < 1)) return [];
    return [`Fewer than half of the newcomers came to earn like the others: ${some} ${seen}.`];
  }
  const rest = share < 1 ? `; ${some} ${seen}` : '';
  const when = days === 0 ? 'from the first day on' : `within ${toPhrase(days, 'd')} of joining`;
  return [`Half of the newcomers earned like the others ${when}${rest}.`];
}
