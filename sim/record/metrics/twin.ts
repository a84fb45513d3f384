import { accountOfAll, type CohortAccount } from '../economics.js';
import { shareOfWork } from './attack.js';
import { type FinishedRun, type Group, isCounted, type Metric, type RunMetric } from './metric.js';
import { networkMetrics } from './network.js';
import { serviceMetrics } from './service.js';

/** A figure of the run and of its honest twin together; NaN where no twin was run, or nobody is there whose it is. */
function overTwin(value: (run: FinishedRun, twin: FinishedRun, who: Group) => number): RunMetric['value'] {
  return (run, who) => {
    const isAnybodys = run.world.cohorts.some(({ index }) => who(index));
    return run.twin === null || !isAnybodys ? Number.NaN : value(run, run.twin, who);
  };
}

/** How much more of an amount the group's accounts say of the run than of the twin. */
function moreOf(amount: keyof CohortAccount): RunMetric['value'] {
  return overTwin((run, twin, who) => accountOf(run, who)[amount] - accountOf(twin, who)[amount]);
}

function accountOf(run: FinishedRun, who: Group): CohortAccount {
  const account = accountOfAll(run, who);
  if (account === null) throw new Error('metrics: expected a group with a cohort, found none');
  return account;
}

/** How much more the run has of a metric than its twin; whom it is about is who attacks in the run. */
function moreOfMetric(metrics: readonly Metric[], name: string): RunMetric['value'] {
  const metric = metrics.find((one) => one.name === name);
  if (metric === undefined) throw new Error(`metrics: expected one of those given, found ${name}`);
  const of = (run: FinishedRun, who: Group) =>
    isCounted(metric) ? metric.of(run.recorder.counts, who) : metric.value(run, who);
  return overTwin((run, twin, who) => of(run, who) - of(twin, who));
}

const beside = { needs: 'twin', isRatio: true } as const;

/**
 * What the attack brought: differences between the run and its honest twin, in which the same operators are honest on
 * the same machines, with the same luck. Empty unless the twin is run, too.
 */
export const twinMetrics: readonly Metric[] = [
  {
    name: 'attackerProfitOverTwinUsd',
    label: 'attackers’ profit beyond that of their honest twins',
    unit: 'USD',
    formula: 'profit − profit of the honest twin, with the same seed',
    source: 'Glasserman and Yao 1992, Some guidelines and guarantees for common random numbers',
    better: 'lower',
    window: 'whole run',
    ...beside,
    about: 'attackers',
    meaning:
      'Attackers’ profit less what the same operators make in the honest twin, the same run with every attacker ' +
      'honest; empty unless the twin is run, too',
    value: moreOf('profitUsd'),
  },
  {
    name: 'attackerReturn',
    label: 'attackers’ return on what they put in, beyond honesty',
    unit: 'fraction',
    formula: '(profit − profit of the honest twin) ÷ (outlay + Σ over operators of the most locked at once)',
    source: 'Glasserman and Yao 1992, Some guidelines and guarantees for common random numbers',
    better: 'lower',
    window: 'whole run',
    ...beside,
    about: 'attackers',
    meaning:
      'Attackers’ profit over the honest twin’s, as a share of their outlay and the most that each operator had ' +
      'locked at once; empty unless the twin is run, too',
    value: overTwin((run, twin, who) => {
      const { profitUsd, peakLockedUsd, outlayUsd } = accountOf(run, who);
      return (profitUsd - accountOf(twin, who).profitUsd) / (peakLockedUsd + outlayUsd);
    }),
  },
  {
    name: 'sybilGain',
    label: 'attackers’ income as a multiple of their honest twins’',
    unit: '1',
    formula: 'income ÷ income of the honest twin',
    source: 'This project; the attack: Douceur 2002, The Sybil attack',
    better: 'lower',
    window: 'whole run',
    ...beside,
    about: 'attackers',
    meaning:
      'Fees and emissions paid to attackers over those paid to the same operators in the honest twin, with one ' +
      'identity a machine; empty where those are none, or the twin isn’t run',
    value: overTwin((run, twin, who) => {
      const honest = accountOf(twin, who).incomeUsd;
      return honest === 0 ? Number.NaN : accountOf(run, who).incomeUsd / honest;
    }),
  },
  {
    name: 'attackerWorkShareOverTwin',
    label: 'attackers’ share of the work beyond that of their honest twins',
    unit: 'fraction',
    formula: 'share − share in the honest twin',
    source: 'Glasserman and Yao 1992, Some guidelines and guarantees for common random numbers',
    better: 'lower',
    window: 'after the warm-up',
    ...beside,
    about: 'attackers',
    meaning:
      'Attackers’ share of the accepted work after the warm-up, less the same operators’ in the honest twin; empty ' +
      'unless the twin is run, too',
    value: overTwin((run, twin, who) => {
      return shareOfWork(run.recorder.counts, who) - shareOfWork(twin.recorder.counts, who);
    }),
  },
  {
    name: 'honestProfitOverTwinUsd',
    label: 'what honest operators made more than without the attack',
    unit: 'USD',
    formula: 'profit − profit in the honest twin',
    source: 'Glasserman and Yao 1992, Some guidelines and guarantees for common random numbers',
    better: 'higher',
    window: 'whole run',
    ...beside,
    about: 'honest',
    meaning:
      'Honest operators’ profit less theirs in the honest twin: below 0 what the attack cost them; empty unless the ' +
      'twin is run, too',
    value: moreOf('profitUsd'),
  },
  {
    name: 'honestStakeLostOverTwinTokens',
    label: 'what honest nodes lost for faults more than without the attack',
    unit: 'tokens',
    better: 'lower',
    window: 'after the warm-up',
    ...beside,
    about: 'honest',
    meaning: 'honestStakeLostTokens less that of the honest twin; empty unless the twin is run, too',
    value: moreOfMetric(networkMetrics, 'honestStakeLostTokens'),
  },
  {
    name: 'completedOverTwinFraction',
    label: 'completed share of the jobs beyond that without the attack',
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    ...beside,
    meaning: 'completedFraction less that of the honest twin; empty unless the twin is run, too',
    value: moreOfMetric(serviceMetrics, 'completedFraction'),
  },
  {
    name: 'wrongAcceptedOverTwin',
    label: 'wrong results accepted beyond those without the attack',
    unit: 'fraction',
    better: 'lower',
    window: 'after the warm-up',
    ...beside,
    meaning: 'wrongAcceptedRate less that of the honest twin; empty unless the twin is run, too',
    value: moreOfMetric(serviceMetrics, 'wrongAcceptedRate'),
  },
  {
    name: 'latencyP95OverTwinSeconds',
    label: '95 % latency beyond that without the attack',
    unit: 's',
    better: 'lower',
    window: 'after the warm-up',
    ...beside,
    meaning: 'latencyP95Seconds less that of the honest twin; empty unless the twin is run, too',
    value: moreOfMetric(serviceMetrics, 'latencyP95Seconds'),
  },
];
