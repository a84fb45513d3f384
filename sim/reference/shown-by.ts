import { join } from 'node:path';
import { packageRoot } from '../package.js';
import { type ListedScenario, listScenarios } from './scenario-list.js';

/** Scenarios of the package by what they show; those with plugins, and such that can't be run, show nothing. */
export interface Showcase {
  /** By the kind of a strategy that one of its cohorts plays. */
  readonly ofStrategy: ReadonlyMap<string, readonly ListedScenario[]>;
  /** By the name of a metric that it bounds or asks about. */
  readonly ofMetric: ReadonlyMap<string, readonly ListedScenario[]>;
}

/** What the scenarios of the package show, as they are read now; in the order of `sim list`. */
export function readShowcase(): Showcase {
  const [ofStrategy, ofMetric] = [new Map<string, ListedScenario[]>(), new Map<string, ListedScenario[]>()];
  for (const listed of listScenarios(join(packageRoot(), 'scenarios'))) {
    for (const kind of listed.summary?.strategies ?? []) append(ofStrategy, kind, listed);
    for (const name of listed.summary?.metrics ?? []) append(ofMetric, name, listed);
  }
  return { ofStrategy, ofMetric };
}

function append(map: Map<string, ListedScenario[]>, key: string, listed: ListedScenario): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [listed]);
  else there.push(listed);
}

/** At most so many are named with their questions; the others are counted. */
const namedMost = 6;

/** A line for each of the scenarios, seen from docs/, with its question; those of a folder of their own come first. */
export function toShownLines(scenarios: readonly ListedScenario[]): readonly string[] {
  const named = [...scenarios].sort((a, b) => Number(isAttack(b)) - Number(isAttack(a))).slice(0, namedMost);
  const lines = named.map(({ name, question }) => `  - [\`${name}\`](../scenarios/${name}.yaml): ${question}`);
  const others = scenarios.length - named.length;
  return others === 0 ? lines : [...lines, `  - and ${others} more`];
}

const isAttack = ({ name }: ListedScenario) => name.startsWith('attacks/');
