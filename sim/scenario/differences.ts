import { checkSource } from './check.js';
import { type Scenario, scenarioSchema } from './schema.js';
import { parseSource } from './source.js';

/** A setting that isn't at its default. */
export interface Difference {
  readonly path: string;
  readonly value: string;
  readonly standard: string;
}

/** Settings of protocol and money that differ from what the schema fills in for the same kinds of mechanism. */
export function differencesFromDefaults(scenario: Scenario): readonly Difference[] {
  const { protocol } = scenario;
  const kinds = {
    assignment: { kind: protocol.assignment.kind },
    verification: [protocol.verification].flat().map(({ kind }) => ({ kind })),
    reputation: { kind: protocol.reputation.kind },
    slashing: { kind: protocol.slashing.kind },
    rewards: { kind: protocol.rewards.kind },
  };
  const bare = { horizon: 1, fleet: { any: { nodes: 1 } }, workload: { any: { arrivals: { perHour: 1 } } } };
  const standard = checkSource(parseSource(JSON.stringify({ ...bare, protocol: kinds }), 'defaults'), scenarioSchema());
  const listed = { ...protocol, verification: [protocol.verification].flat() };
  return [...compare('protocol', listed, standard.protocol), ...compare('money', scenario.money, standard.money)].sort(
    (a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}

function compare(path: string, value: unknown, standard: unknown): Difference[] {
  if (typeof value === 'object' && value !== null && !('quantile' in value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      compare(`${path}.${key}`, inner, (standard as Record<string, unknown> | undefined)?.[key]),
    );
  }
  const text = toText(value);
  const usual = standard === undefined ? '—' : toText(standard);
  return text === usual ? [] : [{ path, value: text, standard: usual }];
}

/** A distribution says what it is by kind and mean. */
function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { kind, mean } = value as { kind?: string; mean?: number };
  return kind === undefined ? JSON.stringify(value) : `${kind} with mean ${mean}`;
}
