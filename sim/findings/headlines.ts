import type { Metric, MetricValues } from '../record/metrics/metric.js';
import { type Scenario, statedExpectations } from '../scenario/schema/scenario-schema.js';

/** The metrics that a reader looks at first, in that order, in plain words; those that don't apply are left out. */
const headlines: Readonly<Record<string, string>> = {
  attackerWorkShare: 'What attackers did of all the work that was accepted, since they joined.',
  attackerPeakWorkShare: 'What attackers did of the work in the epoch in which it was most.',
  attackerProfitUsd: 'What attackers gained, and stole, less what it cost them.',
  attackerProfitOverTwinUsd: 'What attackers made more than the same operators would have made as honest ones.',
  honestProfitOverTwinUsd: 'What honest operators made more than without the attack: below 0, what it cost them.',
  attackerReturnOnCapital: 'Attackers’ profit as a share of their outlay and the most that each had locked at once.',
  attackersEjectedFraction: 'How many of the attackers’ identities the network threw out for good.',
  scoreAuc: 'How well scores tell attackers from honest nodes: 1 is perfectly, 0.5 no better than a coin.',
  jobsFinal: 'How many jobs came to an end, whatever it was.',
  completedFraction: 'How many of the jobs that ended brought a result that was accepted.',
  openFraction: 'How many of all jobs were still waiting or under way when the run ended.',
  jobsOpen: 'Jobs that were still waiting or under way when the run ended.',
  latencyP50Seconds: 'Half of the completed jobs had their result within this time.',
  latencyP95Seconds: 'Nineteen in twenty completed jobs had their result within this time.',
  latencyWithOpenP95Seconds: 'Nineteen in twenty of all jobs, failed and open ones counted, had their result by then.',
  waitingMeanSeconds: 'How long a job waited on average until a node got it.',
  wrongAcceptedRate: 'How many of the accepted results were wrong, and nobody noticed.',
  redundancyFactor: 'How many tries the network needed for a completed job.',
  utilisation: 'How much of their time machines that were up spent working.',
  honestSlashedNodes: 'Honest nodes that lost tokens for a fault at least once.',
  honestStakeLostTokens: 'What honest nodes lost for faults in all.',
  honestReturnOnCapital:
    'Honest operators’ profit as a share of their outlay and the most that each had locked at once.',
  outageRecoveryMedianHours: 'How soon after an outage the nodes that it struck earned as before.',
  newcomerParityMedianDays: 'How soon newcomers earned nearly as much as the others.',
  newcomersAtParityFraction: 'How many of the newcomers were seen to earn nearly as much as the others.',
  nodesOnline: 'Nodes that could be reached when the run ended.',
};

/** Names of the metrics that a reader looks at first, in that order. */
export const headlineNames: readonly string[] = Object.keys(headlines);

/** A figure that comes first, and what it says to a reader; the metric's meaning where there are no plainer words. */
export interface HeadlineFigure {
  readonly metric: Metric;
  readonly says: string;
  readonly value: number;
}

/** The figures of a run that come first: those that its scenario asks about, then the others. */
export function headlineFigures(values: MetricValues, scenario: Scenario): readonly HeadlineFigure[] {
  const asked = statedExpectations(scenario)
    .toSorted((a, b) => a.number - b.number)
    .map(({ expectation: { metric } }) => metric);
  return [...new Set([...asked, ...headlineNames])]
    .map((name) => ({ metric: scenario.registry.metricNamed(name), value: values[name]! }))
    .filter(({ value }) => !Number.isNaN(value))
    .map(({ metric, value }) => ({ metric, value, says: headlines[metric.name] ?? `${metric.meaning}.` }));
}
