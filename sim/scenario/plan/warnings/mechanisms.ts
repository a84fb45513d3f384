import { largest, smallest } from '../../../kernels/extent.js';
import type {
  ClientRegion,
  Contribution,
  Outline,
  Remark,
  ScoreRange,
  Standing,
} from '../../../model/contract/definition.js';
import { builtInKinds, type DeclaredKind } from '../../../model/contract/findings/evidence-kinds.js';
import { roundTokens } from '../../../model/contract/units.js';
import { feeRange, valueRange } from '../../../model/outside/demand/amounts.js';
import { catalogue } from '../../schema/catalogue.js';
import { type ProtocolRole, protocolRoles, type Registered } from '../../schema/registry.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { cumulatedShares } from '../fleet/fleet-plan.js';
import { roomOf } from '../fleet/room.js';
import { leastRoundTripSeconds } from '../least-round-trip.js';
import { type PlannedScenario, shapeOf } from '../planned-scenario.js';
import { supplyOf } from '../supply.js';
import { isNumeric, withClassDefaults } from '../workload-plan.js';
import { isChallengeable, tellMoney } from './money.js';
import type { Path, Teller } from './teller.js';

const anyScore: ScoreRange = {
  lowest: Number.NEGATIVE_INFINITY,
  reachesLowest: true,
  highest: Number.POSITIVE_INFINITY,
};

/** What mechanisms and strategies say of their own settings, given what there is. */
export function tellMechanisms(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const { protocol, registry } = scenario;
  const outline = outlineOf(planned);
  const tell = (path: Path, remarks: readonly Remark[]) => {
    for (const { setting, expected, found, why, isFault, isInert, isOfChoice } of remarks) {
      const names = setting === '' ? [] : setting.split('.');
      const at = [...path, ...names];
      if (isFault === true || (isFault === 'asWritten' && teller.written(at) !== undefined))
        teller.refuse(at, expected, why, found);
      else if (setting === '' || teller.written(at) !== undefined) teller.warn(at, expected, why, found);
      else {
        let written = names.length - 1;
        while (written > 0 && teller.written([...path, ...names.slice(0, written)]) === undefined) written--;
        const place = [...path, ...names.slice(0, written)];
        if (isInert !== true && !(isOfChoice === true && teller.isOwn(place))) continue;
        teller.warn(place, `${names.slice(written).join('.')} of ${expected}`, why, found);
      }
    }
  };
  for (const role of protocolRoles) {
    const written = protocol[role];
    const list = Array.isArray(written) ? written : [written];
    for (const [index, settings] of list.entries()) {
      const path = ['protocol', role, ...(Array.isArray(written) ? [String(index)] : [])];
      tell(path, registry.entry(role, settings.kind).remarks?.(settings as never, outline) ?? []);
    }
  }
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const { strategy } = cohort;
    const path = ['fleet', name, 'strategy'];
    const nodes = nodesOf(planned, name);
    tell(path, registry.strategyRemarks(strategy, outline, nodes, outline.funds[name]!, standingOf(planned, name)));
  }
  tellSlashes(planned, outline, teller);
  tellMoney(scenario, outline, teller);
  const { assignment, reputation, checkIn, publish } = protocol;
  const isUnread = registry.entry('assignment', assignment.kind).ignoresScores?.(assignment as never) === true;
  const isGated = Object.values(scenario.workload).some(({ minimumScore }) => minimumScore !== undefined);
  // at once is what who doesn't care says, too
  if (isUnread && !isGated && publish.every + publish.delay > 0 && teller.isOwn(['protocol', 'publish'])) {
    const expected = 'an assignment policy that reads scores';
    teller.warn(['protocol', 'publish'], expected, 'so that nobody reads what is published', assignment.kind);
  }
  const isAsked = checkIn !== 'none' && teller.written(['protocol', 'checkIn']) !== undefined;
  if (isAsked && registry.entry('reputation', reputation.kind).ignoresCheckIns === true) {
    const expected = 'a reputation model that counts check-ins';
    teller.warn(['protocol', 'checkIn'], expected, 'so that they change no score', reputation.kind);
  }
}

/** What strategies are told of the cohort that plays them. */
function standingOf(planned: PlannedScenario, cohort: string): Standing {
  const { fleet } = planned.scenario;
  const { attack, delegated, purse, stake } = fleet[cohort]!;
  let [members, others] = [0, 0];
  let isFilled = false;
  for (const [name, one] of Object.entries(fleet)) {
    const { identitiesMost } = shapeOf(planned, name, nodesOf(planned, name));
    if (name === cohort || (attack !== undefined && one.attack === attack)) {
      members += identitiesMost;
      isFilled ||= one.purse.gives > 0;
    } else others += identitiesMost;
  }
  return { members, others, stake, delegated, fromPurse: isFilled ? purse.takesUpTo : 0 };
}

/** Suspensions that there can't be. */
function tellSuspension(
  { protocol: { checkIn, suspension } }: Scenario,
  { epochSeconds, horizonSeconds }: Outline,
  teller: Teller,
): void {
  if (suspension === 'none') return;
  const path = ['protocol', 'suspension'];
  const why = 'so that nobody is ever suspended';
  if (checkIn === 'none') teller.warn(path, 'check-ins, by which uptime is told', why);
  else if (suspension.below === 0) teller.warn([...path, 'below'], 'a share above 0', why, '0');
  const epochs = Math.floor(horizonSeconds / epochSeconds);
  if (suspension.grace >= epochs) {
    teller.warn([...path, 'grace'], `fewer epochs than the run has, ${epochs}`, why, `${suspension.grace}`);
  }
  if (suspension.review !== 'none' && suspension.review.networkWide === 0) {
    teller.warn([...path, 'review', 'networkWide'], 'a share above 0, as any epoch is pardoned at 0', why, '0');
  }
}

/** What of where slashed tokens go, of appeals and of suspensions is in vain. */
function tellSlashes({ scenario }: PlannedScenario, outline: Outline, teller: Teller): void {
  const { findings } = outline;
  const { slashedTo } = scenario.protocol;
  const path = ['protocol', 'slashedTo'];
  const canBeChallenged = isChallengeable(scenario);
  const places = Object.entries(slashedTo.byFinding).map(([name, to]) => ({ at: [...path, 'byFinding', name], to }));
  for (const { at, to } of [{ at: path, to: slashedTo }, ...places]) {
    if (to === undefined || to.challenger === 0 || canBeChallenged) continue;
    const expected = '0 under a scheme whose results nobody can challenge (the treasury gets it)';
    teller.warn([...at, 'challenger'], expected, 'so that no challenger gets it');
  }
  for (const { at } of places.filter(({ at }) => !findings.includes(at.at(-1)!))) {
    teller.warn(at, `a finding that the protocol can make: ${findings.join(', ')}`, 'so that nothing goes there');
  }
  tellAppeals(scenario, outline, teller);
  tellSuspension(scenario, outline, teller);
}

/** Appeals against slashes that there can't be, that nobody decides within the run, or for which jurors lack. */
function tellAppeals({ protocol, registry }: Scenario, outline: Outline, teller: Teller): void {
  const { appeal, slashing } = protocol;
  if (appeal === 'none') return;
  const { epochSeconds, horizonSeconds, operators } = outline;
  if (registry.entry('slashing', slashing.kind).takesNothing === true) {
    const why = 'so that there is nothing to appeal against';
    teller.warn(['protocol', 'appeal'], 'a slashing rule that takes stake', why, slashing.kind);
  }
  if (appeal.committee > operators - 1) {
    const expected = `at most as many as there are other operators, ${operators - 1}`;
    teller.warn(['protocol', 'appeal', 'committee'], expected, 'so that fewer vote', `${appeal.committee}`);
  }
  if (appeal.within * epochSeconds <= horizonSeconds) return;
  const expected = `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`;
  const why = 'so that none is decided, and what is slashed for outages counts as no loss';
  teller.warn(['protocol', 'appeal', 'within'], expected, why, `${appeal.within}`);
}

/** Names of what the protocol's mechanisms measure of nodes for one another. */
function measuresOf({ protocol, registry }: Scenario): readonly string[] {
  return protocolRoles.flatMap((role) =>
    registry.allOf(role, protocol[role]).flatMap(({ kind }) => registry.entry(role, kind).measures ?? []),
  );
}

/** Names of the findings that the protocol's mechanisms can make of a node to its harm. */
function harmfulKinds({ protocol, registry }: Scenario): readonly string[] {
  const broughtBy = (role: ProtocolRole, settings: { readonly kind: string }): readonly DeclaredKind[] => {
    const { kinds, members } = registry.entry(role, settings.kind);
    const inside = members?.(settings as never) ?? [];
    return [...(kinds ?? []), ...inside.flatMap((member) => broughtBy(role, member))];
  };
  const brought = protocolRoles.flatMap((role) => {
    const written = protocol[role];
    const list = Array.isArray(written) ? written : [written];
    return list.flatMap((settings) => broughtBy(role, settings));
  });
  return [...builtInKinds, ...brought].filter(({ rank }) => rank > 0).map(({ name }) => name);
}

/** The scores that the scenario's reputation model can come to give. */
function modelScoresOf({ protocol: { checkIn, reputation }, registry }: Scenario): ScoreRange {
  return registry.entry('reputation', reputation.kind).scores?.(reputation as never, checkIn !== 'none') ?? anyScore;
}

/** The same of nodes that bring scores along, too; where rules change, nothing is said of what never comes to be. */
export function scoresOf({ changes, scenario }: PlannedScenario): ScoreRange {
  const { unworked, ...scores } = modelScoresOf(scenario);
  if (unworked === undefined || changes.length > 0) return scores;
  const { discount } = scenario.protocol.importedScores;
  const brought = Object.values(scenario.fleet).map(({ importedScore = 0 }) => (1 - discount) * importedScore);
  return { ...scores, unworked: Math.max(unworked, Math.min(scores.highest, largest(brought))) };
}

/** Where the clients are, with the nodes that can be expected there. */
function clientRegionsOf({ fleet, network, workload }: Scenario, identities: Readonly<Record<string, number>>) {
  const names = catalogue().regionSets[network]!.regions;
  return names.flatMap((region, index): ClientRegion[] => {
    const jobsFraction = largest(Object.values(workload).map(({ regions }) => shareOf(regions, index)));
    const nodes = Object.entries(fleet).map(
      ([name, { regions }]) => shareOf(regions, index) * Math.min(identities[name]!, Number.MAX_VALUE),
    );
    return jobsFraction === 0 ? [] : [{ region, jobsFraction, nodes: nodes.reduce((sum, each) => sum + each, 0) }];
  });

  function shareOf(mixture: Readonly<Record<string, number>> | undefined, region: number): number {
    const shares = cumulatedShares({ network }, mixture);
    return shares[region]! - (shares[region - 1] ?? 0);
  }
}

/** The work that can come to lie behind the scores of the scenario's reputation model, any where it doesn't say. */
function contributionOf({ protocol: { reputation }, registry }: Scenario): Contribution {
  const anyWork = { first: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  return registry.entry('reputation', reputation.kind).contribution?.(reputation as never) ?? anyWork;
}

/** The least that an attempt at a job of that fee and class can need locked [tokens]. */
function leastBondOf({ protocol: { rewards }, registry }: Scenario, fee: number, className: string): number {
  return registry.entry('rewards', rewards.kind).leastBond?.(rewards as never, fee, className) ?? 0;
}

function outlineOf(planned: PlannedScenario): Outline {
  const { scenario } = planned;
  const { registry } = scenario;
  const { reputation, rewards, verification } = scenario.protocol;
  let nodes = 0;
  let operators = 0;
  const bondPurse = scenario.protocol.bondCurrency === 'token' ? 'funds' : 'bondFunds';
  const funds: Record<string, number> = {};
  const bondFunds: Record<string, number> = {};
  const identities: Record<string, number> = {};
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const plan = shapeOf(planned, name, nodesOf(planned, name));
    funds[name] = cohort.funds / plan.operators;
    bondFunds[name] = cohort[bondPurse] / plan.operators;
    identities[name] = plan.identitiesMost;
    nodes += plan.identitiesMost;
    operators += plan.hidesOperator ? plan.identitiesMost : plan.operators;
  }
  const schemes = registry.allOf('verification', verification);
  const rules = [scenario.protocol, ...planned.changes.flatMap(({ protocols }) => [...protocols.values()])];
  const everyScheme = rules.flatMap((protocol) => registry.allOf('verification', protocol.verification));
  /** Under the rules at first and after each change: what is in vain now may not be later. */
  const schemesOf = <Value>(ask: (entry: Registered['verification'][number], scheme: never) => Value) =>
    everyScheme.map((scheme) => ask(registry.entry('verification', scheme.kind), scheme as never));
  const jobs = Object.entries(scenario.workload).map(([name, one]) => {
    const own = { feeFactor: null, valueFactor: null, ...withClassDefaults(one) };
    return { name, class: own.class, fees: feeRange(own), values: valueRange(own) };
  });
  const { hardware, jobClasses, regionSets } = catalogue();
  return {
    nodes,
    operators,
    scores: scoresOf(planned),
    tiers: registry.entry('reputation', reputation.kind).tiers?.(reputation as never) ?? null,
    clientRegions: clientRegionsOf(scenario, identities),
    attemptsMost: largest(schemesOf((entry, scheme) => entry.attemptsMost?.(scheme) ?? 1)),
    funds,
    bondFunds,
    bondPurse,
    witnesses: largest(schemesOf((entry, scheme) => entry.witnesses?.(scheme) ?? 0)),
    jurors: largest(schemesOf((entry, scheme) => entry.jurors?.(scheme) ?? 0)),
    seals: schemesOf((entry, scheme) => entry.revealSeconds?.(scheme) ?? null).some((seconds) => seconds !== null),
    isChallengeable: isChallengeable(scenario),
    takesBribes: Object.values(scenario.fleet).some(({ strategy }) => registry.takesBribes(strategy)),
    seesDoubleSigning: largest(rules.map(({ seesDoubleSigning }) => seesDoubleSigning)),
    bids: Object.values(scenario.fleet).some(({ strategy }) => registry.isBidding(strategy)),
    heedsBids: rules.some(({ assignment }) => registry.entry('assignment', assignment.kind).ignoresBids !== true),
    minimumStake: smallest(rules.map(({ stake }) => stake.minimum)),
    identityFee: smallest(rules.map(({ stake }) => stake.identityFee)),
    leastFee: smallest(jobs.map(({ fees: [least] }) => least)),
    mostFee: roundTokens(largest(jobs.map(({ fees: [, most] }) => most))),
    valuesAtRisk: Object.fromEntries(jobs.map(({ name, values }) => [name, values])),
    leastBond: smallest(jobs.map((one) => leastBondOf(scenario, one.fees[0], one.class))),
    contribution: contributionOf(scenario),
    punishes: registry.entry('slashing', scenario.protocol.slashing.kind).takesNothing !== true,
    supply: supplyOf(scenario),
    findings: harmfulKinds(scenario),
    filed: schemes.flatMap((scheme) => registry.entry('verification', scheme.kind).files?.(scheme as never) ?? []),
    measures: measuresOf(scenario),
    locksBonds: registry.entry('rewards', rewards.kind).locksBonds?.(rewards as never) ?? true,
    leastRoundTripSeconds: leastRoundTripSeconds(scenario),
    unbondingSeconds: registry.entry('rewards', rewards.kind).unbondingSeconds?.(rewards as never) ?? 0,
    horizonSeconds: scenario.horizon,
    epochSeconds: scenario.protocol.epoch,
    hasRecomputable: Object.values(scenario.workload).some((one) => jobClasses[one.class]!.isRecomputable),
    hasNumeric: Object.values(scenario.workload).some((one) => isNumeric(one.class)),
    classNames: Object.keys(jobClasses),
    hardwareNames: Object.keys(hardware),
    regionNames: regionSets[scenario.network]!.regions,
    workloadNames: Object.keys(scenario.workload),
    directsJobs: rules.some(({ directedJobs }) => directedJobs),
  };
}

/** Identities that the cohort declares or has room for; any number where its records weren't read. */
function nodesOf({ scenario, traces }: PlannedScenario, name: string): number {
  const cohort = scenario.fleet[name]!;
  const declared = cohort.nodes ?? traces.get(name)?.names.length ?? Number.POSITIVE_INFINITY;
  return declared + roomOf(cohort, scenario.horizon);
}
