import type { Outline } from '../../../model/contract/definition.js';
import { toDuration } from '../../../model/contract/settings.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import type { Teller } from './teller.js';

/** Whether results of some scheme of the protocol can be challenged. */
export function isChallengeable({ protocol, registry }: Scenario): boolean {
  return registry
    .allOf('verification', protocol.verification)
    .some(({ kind }) => registry.entry('verification', kind).isChallengeable === true);
}

/**
 * A bond currency in which nothing is locked, and what says something of one that there isn't; an insurance that has
 * nothing to pay with, or for.
 */
export function tellMoney(scenario: Scenario, outline: Outline, teller: Teller): void {
  tellInsurance(scenario, outline, teller);
  tellTokenPath(scenario, teller);
  tellCurrency(scenario, outline, teller);
  tellDelegators(scenario, teller);
  tellTreasury(scenario, teller);
  tellLoans(scenario, teller);
}

/** Loans that nobody takes, or gives. */
function tellLoans({ fleet, money, protocol }: Scenario, teller: Teller): void {
  const borrowers = Object.entries(fleet).filter(([, { borrows }]) => borrows > 0);
  const { lendAgainstScore: lending } = protocol;
  const path = ['protocol', 'lendAgainstScore'];
  if (lending === 'none') {
    for (const [name] of borrowers) {
      const borrows = ['fleet', name, 'borrows'];
      teller.warn(borrows, 'protocol.lendAgainstScore beside it', 'so that nobody is lent anything');
    }
    return;
  }
  if (borrowers.length === 0 && teller.isOwn(path)) {
    teller.warn(path, 'a cohort that borrows (fleet.NAME.borrows)', 'so that nobody asks for a loan');
  }
  if (lending.share === 0) teller.warn([...path, 'share'], 'a share above 0', 'so that nobody is lent anything', '0');
  if (money.treasury === 0 && borrowers.length > 0) {
    teller.warn(['money', 'treasury'], 'tokens above 0', 'so that there is nothing to lend at first', '0');
  }
}

/** Subsidies that there can't be. */
function tellTreasury({ protocol }: Scenario, teller: Teller): void {
  const { budget, subsidy } = protocol.treasury;
  if (subsidy === 'none') return;
  const path = ['protocol', 'treasury'];
  if (subsidy.tokens === 0) {
    teller.warn([...path, 'subsidy', 'tokens'], 'tokens above 0', 'so that nobody is paid anything', '0');
  }
  if (budget === 0) teller.refuse([...path, 'budget'], 'a budget above 0 beside a subsidy', 'as it is paid of it', '0');
  else if (budget !== 'unlimited' && budget < subsidy.tokens) {
    const expected = `a budget of at least one subsidy, ${subsidy.tokens} tokens`;
    teller.warn([...path, 'budget'], expected, 'so that no newcomer is ever paid all of it', String(budget));
  }
}

/** Delegators who leave when they are told of something that nobody tells, who can't follow, or that there aren't. */
function tellDelegators({ fleet, protocol }: Scenario, teller: Teller): void {
  for (const [name, { delegated, delegatorsFollow }] of Object.entries(fleet)) {
    const follow = ['fleet', name, 'delegatorsFollow'];
    if (delegatorsFollow !== 'none') {
      const { rate, tolerance } = delegatorsFollow;
      if (delegated === 0) teller.warn(follow, 'delegated above 0 beside it', 'so that nobody is there to follow');
      else if (protocol.stake.delegatorShare === 0) {
        teller.warn(follow, 'protocol.stake.delegatorShare above 0', 'so that no node’s yield is above another’s');
      }
      if (rate === 0) teller.warn([...follow, 'rate'], 'a share above 0', 'so that nobody ever moves', '0');
      if (tolerance === 1) teller.warn([...follow, 'tolerance'], 'a share below 1', 'so that nobody ever moves', '1');
    }
    const spread = ['fleet', name, 'delegatorsSpread'];
    if (delegated === 0 && teller.written(spread) !== undefined) {
      teller.warn(spread, 'delegated above 0 beside it', 'so that nobody is there to spread');
    }
    const path = ['fleet', name, 'delegatorsLeave'];
    if (teller.written(path) === undefined) continue;
    if (delegated === 0) teller.warn(path, 'delegated above 0 beside it', 'so that nobody is there to leave');
    else if (protocol.stake.tellFallsAbove === 'none') {
      teller.warn(path, 'protocol.stake.tellFallsAbove', 'so that nobody is told of anything');
    }
  }
  const share = ['protocol', 'stake', 'delegatorShare'];
  const isDelegated = Object.values(fleet).some(({ delegated }) => delegated > 0);
  if (protocol.stake.delegatorShare === 0 && isDelegated && teller.written(share) !== undefined) {
    teller.warn(share, 'a share above 0 beside delegated stake', 'so that delegators earn nothing', '0');
  }
  const path = ['protocol', 'stake', 'tellFallsAbove'];
  const isHeard = Object.values(fleet).some(({ delegated, delegatorsLeave }) => delegated > 0 && delegatorsLeave > 0);
  if (!isHeard && teller.isOwn(path)) teller.warn(path, 'a cohort with delegated stake', 'so that nobody is told');
}

function tellCurrency(scenario: Scenario, { locksBonds }: Outline, teller: Teller): void {
  const { bondCurrency } = scenario.protocol;
  if (bondCurrency === 'bond-token') {
    if (locksBonds || isChallengeable(scenario)) return;
    const expected = 'rewards that lock bonds, or results that can be challenged';
    teller.warn(['protocol', 'bondCurrency'], expected, 'so that nothing is ever locked in it', bondCurrency);
    return;
  }
  const purses = Object.keys(scenario.fleet).map((name) => ['fleet', name, 'bondFunds']);
  for (const path of [...purses, ['money', 'bondTokenPrice']]) {
    if (teller.written(path) === undefined) continue;
    teller.warn(path, 'protocol.bondCurrency: bond-token beside it', 'so that there is no such currency');
  }
}

function tellInsurance({ protocol, registry }: Scenario, { findings }: Outline, teller: Teller): void {
  const { insurance, slashedTo, slashing } = protocol;
  if (insurance === 'none') return;
  const path = ['protocol', 'insurance'];
  if (registry.entry('slashing', slashing.kind).takesNothing === true) {
    teller.warn(path, 'a slashing rule that takes stake', 'so that it pays for nothing', slashing.kind);
  }
  const shares = [slashedTo, ...Object.values(slashedTo.byFinding)];
  if (insurance.premium === 0 && shares.every((to) => to === undefined || to.insurance === 0)) {
    const expected = 'a premium above 0, or a share of what is slashed (protocol.slashedTo.insurance)';
    teller.refuse([...path, 'premium'], expected, 'so that it never has anything to pay with', '0');
  }
  if (insurance.covers === 0) teller.warn([...path, 'covers'], 'a share above 0', 'so that it pays for nothing', '0');
  const unknown = insurance.findings.filter((name) => !findings.includes(name));
  // the defaults name what most protocols find, not what all do
  if (unknown.length === 0 || teller.written([...path, 'findings']) === undefined) return;
  const expected = `findings that the protocol can make: ${findings.join(', ')}`;
  teller.warn([...path, 'findings'], expected, 'so that nothing is paid for it', unknown.join(', '));
}

/** Moves of a price that are too late, or none. */
function tellTokenPath({ horizon, money }: Scenario, teller: Teller): void {
  const path = ['money', 'tokenPath'];
  const { crashes, drift, steps, volatility } = money.tokenPath;
  const walks = volatility > 0 || drift !== 0;
  const isMoving = walks || steps.length > 0 || crashes.length > 0;
  if (isMoving && money.tokenPrice === 0) {
    teller.warn(path, 'money.tokenPrice above 0 beside it', 'so that it stays at nothing');
  }
  if (!walks && teller.written([...path, 'every']) !== undefined) {
    teller.warn([...path, 'every'], 'volatility or drift beside it', 'so that nothing walks');
  }
  for (const [block, moves] of Object.entries({ steps, crashes })) {
    moves.forEach(({ at }, place) => {
      if (at < horizon) return;
      const expected = `a time before the horizon, ${toDuration(horizon)}`;
      teller.warn([...path, block, String(place), 'at'], expected, 'so that it never comes', toDuration(at));
    });
  }
}
