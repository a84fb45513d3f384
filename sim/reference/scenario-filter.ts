import { InvalidInput, nearest } from '../scenario/text/faults.js';
import type { AttackingCohort, ListedScenario } from './scenario-list.js';

/** Which scenarios are asked for: those that pass all that is given. */
export interface ScenarioFilter {
  /** Texts that name or question hold, large letters or small. */
  readonly words?: readonly string[];
  /** Name of a protocol, or `own` for scenarios that state all rules themselves. */
  readonly protocol?: string | undefined;
  /** Kind of a strategy or name of an attack, or words of either: `collusion` is `collusion-ring`, too. */
  readonly attack?: string | undefined;
}

/** What stands for the protocol of scenarios that extend none. */
const ownProtocol = 'own';

/**
 * The scenarios that pass, in their order; of those that can't be run, only names and questions are known.
 *
 * Throws InvalidInput for a protocol or an attack that no scenario of the list has, with those that some has.
 */
export function filterScenarios(
  listed: readonly ListedScenario[],
  { words = [], protocol, attack }: ScenarioFilter,
): readonly ListedScenario[] {
  const faults = [
    ...faultsOf('--protocol', protocol, listed.flatMap(protocolsOf), (known) => known === protocol),
    ...faultsOf('--attack', attack, listed.flatMap(attacksOf), (known) => isNamed(known, attack!)),
  ];
  if (faults.length > 0) throw new InvalidInput(faults);
  return listed.filter((one) => {
    const text = `${one.name} ${one.question}`.toLowerCase();
    return (
      words.every((word) => text.includes(word.toLowerCase())) &&
      (protocol === undefined || protocolsOf(one).includes(protocol)) &&
      (attack === undefined || attacksOf(one).some((known) => isNamed(known, attack)))
    );
  });
}

/** Names by which a cohort that attacks can be asked for: the kinds that it plays and its attack. */
function attackNames({ plays, attack }: AttackingCohort): readonly string[] {
  const kinds = plays.filter((kind) => kind !== 'honest');
  return attack === null ? kinds : [...kinds, attack];
}

const protocolsOf = ({ summary }: ListedScenario): readonly string[] =>
  summary === undefined ? [] : [summary.protocol ?? ownProtocol];

const attacksOf = ({ summary }: ListedScenario): readonly string[] => summary?.attackers.flatMap(attackNames) ?? [];

/** Whether it is the name, or some of its words in a row, between hyphens. */
function isNamed(name: string, asked: string): boolean {
  return `-${name}-`.includes(`-${asked.toLowerCase()}-`);
}

function faultsOf(path: string, asked: string | undefined, known: readonly string[], isIt: (one: string) => boolean) {
  if (asked === undefined || known.some(isIt)) return [];
  const names = [...new Set(known)].sort();
  const suggestion = nearest(asked, names);
  const expected = names.length === 0 ? 'nothing, as no scenario there has any' : `one of: ${names.join(', ')}`;
  return [{ path, expected, found: asked, ...(suggestion === undefined ? {} : { suggestion }) }];
}
