import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../sim/kernels/area-under-curve.js';
import { handleStep } from '../../sim/model/columns/side-by-side.js';
import type { Evidence } from '../../sim/model/contract/evidence.js';
import { buildLoaded, contextsOf, loadText, runUntil } from '../support/scenarios.js';

const nodesEach = 150;

/** Liars and honest nodes that differ in nothing but the answers that they send. */
const scenario = `
  seed: secrecy
  horizon: 2d
  warmUp: 0
  protocol:
    assignment: uniform
    verification: none
    slashing: { kind: fixed, fraction: 0 }
  fleet:
    honest: { nodes: ${nodesEach}, hardware: reference-cpu, quality: 1, regions: single }
    liars: { nodes: ${nodesEach}, hardware: reference-cpu, quality: 1, regions: single, strategy: always-wrong }
  network: single
  workload: { w: { class: task, arrivals: { perHour: 300 }, work: { exponential: { mean: 1m } }, fee: 0.1 } }
`;

type Column = { readonly length: number; readonly [index: number]: number };

/** Every column that can be reached from what is given, by its path; what is private in the language can't. */
function reachable(given: object, except: readonly object[]): ReadonlyMap<string, () => Column> {
  const columns = new Map<string, () => Column>();
  const seen = new Set<unknown>(except);
  const walk = (path: string, read: () => unknown, depth: number) => {
    const value = read();
    if (typeof value !== 'object' || value === null) return;
    if (ArrayBuffer.isView(value)) {
      // read anew each time: columns move when their rows grow
      columns.set(path, read as () => Column);
      return;
    }
    if (seen.has(value) || depth > 4) return;
    seen.add(value);
    const prototype = Object.getPrototypeOf(value);
    const getters = Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}))
      .filter(([, { get }]) => get !== undefined)
      .map(([name]) => name);
    for (const name of [...Object.keys(value), ...(prototype === Object.prototype ? [] : getters)]) {
      walk(`${path}.${name}`, () => (read() as Record<string, unknown>)[name], depth + 1);
    }
  };
  walk('context', () => given, 0);
  return columns;
}

/** How well each figure tells liars from honest nodes, from 0.5 (not at all) to 1, when its mean is the score. */
function tellingPower(figures: Iterable<[string, Float64Array]>, occasions: Float64Array): Map<string, number> {
  const power = new Map<string, number>();
  for (const [name, sums] of figures) {
    const means = sums.map((sum, node) => sum / occasions[node]!);
    const area = areaUnderCurve(means.slice(0, nodesEach), means.slice(nodesEach));
    power.set(name, Math.max(area, 1 - area));
  }
  return power;
}

describe('what mechanisms are given', () => {
  it('doesn’t tell liars from honest nodes where nothing is verified', () => {
    const built = buildLoaded(loadText(scenario));
    const { nodes, truth, jobs, roles } = built.world;
    const { all, assignment, verification } = contextsOf(built);
    const columns = reachable({ all, assignment, verification }, [verification.instruments]);
    const figures = new Map<string, Float64Array>();
    const occasions = new Float64Array(2 * nodesEach);
    const add = (name: string, node: number, value: number) => {
      const sums = figures.get(name) ?? new Float64Array(2 * nodesEach);
      figures.set(name, sums);
      // its row is what a node is called by; that rows are given cohort by cohort is no secret of a network
      if (Number.isFinite(value) && value !== node) sums[node]! += value;
    };
    /** Reads each column at the row that it is of, and jobs' and attempts' also at what lies beside them. */
    const readAll = (evidence: Evidence) => {
      const node = evidence.subject;
      const attempt = jobs.lastAttempt[evidence.job]!;
      occasions[node]!++;
      for (const [path, read] of columns) {
        const column = read();
        const row = path.includes('.attempts.') ? attempt : path.includes('.jobs.') ? evidence.job : node;
        const besides = row === node ? 1 : handleStep;
        for (let beside = 0; beside < besides; beside++) add(`${path} + ${beside}`, node, column[row + beside] ?? 0);
      }
      add('kind of evidence', node, evidence.kind);
      // the truth itself, to see that the probe would notice
      add('truth', node, truth.answer(attempt));
    };
    const { reputation } = roles;
    const scoreAfter = reputation.scoreAfter.bind(reputation);
    reputation.scoreAfter = (evidence, score) => {
      if (evidence.job >= 0) readAll(evidence);
      return scoreAfter(evidence, score);
    };
    runUntil(built, 2 * 86_400);
    expect(nodes.count).toBe(2 * nodesEach);
    expect(occasions.every((count) => count > 10)).toBe(true);
    for (const part of ['.attempts.', '.jobs.', '.nodes.']) {
      expect([...columns.keys()].some((path) => path.includes(part))).toBe(true);
    }

    const power = tellingPower(figures, occasions);
    // standard error of the area under no difference (Hanley and McNeil 1982)
    const error = Math.sqrt((2 * nodesEach + 1) / (12 * nodesEach * nodesEach));
    expect(power.get('truth')).toBe(1);
    power.delete('truth');
    const telling = [...power].filter(([, area]) => area > 0.5 + 4 * error);
    expect(telling).toEqual([]);
  });
});
