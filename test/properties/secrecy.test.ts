import { describe, expect, it } from 'vitest';
import type { Built } from '../../sim/build/world.js';
import type { EventHandler } from '../../sim/engine/simulation.js';
import { areaUnderCurve } from '../../sim/kernels/area-under-curve.js';
import { handleStep } from '../../sim/model/columns/rows/side-by-side.js';
import type { Evidence } from '../../sim/model/contract/evidence.js';
import { Purpose } from '../../sim/model/contract/purposes.js';
import { EventKind } from '../../sim/model/events.js';
import { openJobs } from '../support/invariants.js';
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

/** Sums of figures, by whom they are of. */
class Figures {
  readonly sums = new Map<string, Float64Array>();
  readonly occasions: Float64Array;
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
    this.occasions = new Float64Array(count);
  }

  add(name: string, of: number, value: number): void {
    const sums = this.sums.get(name) ?? new Float64Array(this.#count);
    this.sums.set(name, sums);
    sums[of]! += value;
  }

  /**
   * How well each figure tells the first `parted` from the others, from 0.5 (not at all) to 1, when its mean is the
   * score.
   */
  tellingPower(parted: number): Map<string, number> {
    const power = new Map<string, number>();
    for (const [name, sums] of this.sums) {
      const means = sums.map((sum, of) => sum / this.occasions[of]!);
      const area = areaUnderCurve(means.slice(0, parted), means.slice(parted));
      power.set(name, Math.max(area, 1 - area));
    }
    return power;
  }
}

/** Figures that tell more than chance would in one of some ten thousand cases. */
function telling(power: ReadonlyMap<string, number>, first: number, second: number): [string, number][] {
  // standard error of the area under no difference (Hanley and McNeil 1982)
  const error = Math.sqrt((first + second + 1) / (12 * first * second));
  return [...power].filter(([, area]) => area > 0.5 + 4 * error);
}

/** The columns that mechanisms of all roles reach. */
function columnsOf(built: Built): ReadonlyMap<string, () => Column> {
  const { all, assignment, verification } = contextsOf(built);
  const columns = new Map(reachable({ all, assignment, verification }, [verification.instruments]));
  for (const { name, values } of built.world.measures.published) columns.set(`measure.${name}`, () => values);
  for (const part of ['.attempts.', '.jobs.', '.nodes.']) {
    expect([...columns.keys()].some((path) => path.includes(part))).toBe(true);
  }
  return columns;
}

/** Reads each column at the row that it is of, and jobs' and attempts' also at what lies beside them. */
function readColumns(
  columns: ReadonlyMap<string, () => Column>,
  { attempt, job, node }: { readonly attempt: number; readonly job: number; readonly node: number },
  add: (name: string, value: number) => void,
): void {
  for (const [path, read] of columns) {
    const column = read();
    const row = path.includes('.attempts.') ? attempt : path.includes('.jobs.') ? job : node;
    const besides = row === node ? 1 : handleStep;
    for (let beside = 0; beside < besides; beside++) add(`${path} + ${beside}`, column[row + beside] ?? 0);
  }
}

/** Looks at each finding on a job, before anything follows from it. */
function atEvidence({ world }: Built, look: (evidence: Evidence, attempt: number) => void): void {
  const { jobs, roles } = world;
  const { reputation } = roles;
  const scoreAfter = reputation.scoreAfter.bind(reputation);
  reputation.scoreAfter = (evidence, score) => {
    if (evidence.job >= 0) look(evidence, jobs.lastAttempt[evidence.job]!);
    return scoreAfter(evidence, score);
  };
}

describe('what mechanisms are given', () => {
  it.each([
    ['exact', 'workload.w.class=task'],
    ['numeric', 'workload.w={class: iot-oracle, value: {volatility: 0}}'],
    ['exact, with scores for each class', 'protocol.reputation={kind: beta, byClass: true}'],
    ['exact, with scores in points', 'protocol.reputation={kind: oracle-composite, byClass: true}'],
    ['exact, with opinions', 'protocol.reputation=subjective-logic'],
    ['exact, with shares of pay', 'protocol.reputation=consensus-weights'],
    ['exact, with measures', 'protocol.reputation={kind: window-composite, minJobs: 5, window: 20}'],
  ])('doesn’t tell liars from honest nodes where nothing is verified and answers are %s', (_, answers) => {
    const built = buildLoaded(loadText(scenario, answers));
    const { nodes, truth } = built.world;
    const columns = columnsOf(built);
    const figures = new Figures(2 * nodesEach);
    atEvidence(built, (evidence, attempt) => {
      const node = evidence.subject;
      figures.occasions[node]!++;
      readColumns(columns, { attempt, job: evidence.job, node }, (name, value) => {
        // its row is what a node is called by; that rows are given cohort by cohort is no secret of a network
        if (Number.isFinite(value) && value !== node) figures.add(name, node, value);
      });
      figures.add('kind of evidence', node, evidence.kind);
      // the truth itself, to see that the probe would notice
      figures.add('truth', node, truth.isRight(attempt) ? 1 : 0);
    });
    runUntil(built, 2 * 86_400);
    expect(nodes.count).toBe(2 * nodesEach);
    expect(figures.occasions.every((count) => count > 10)).toBe(true);

    const power = figures.tellingPower(nodesEach);
    expect(power.get('truth')).toBe(1);
    power.delete('truth');
    expect(telling(power, nodesEach, nodesEach)).toEqual([]);
  });

  it('doesn’t tell identities that share machines from honest nodes, neither at work nor at its end', () => {
    const built = buildLoaded(
      loadText(
        scenario,
        // lateness is what a network may see: nobody misses a deadline, and no job takes longer by itself
        'workload.w.deadline={times: 1, atLeast: 3h}',
        'workload.w.work=3m',
        'fleet.liars.strategy={kind: sybil-swarm, machines: 12}',
      ),
    );
    const { attempts, jobs, machines, ownership } = built.world;
    const columns = columnsOf(built);
    const [atWork, atEnd] = [new Figures(2 * nodesEach), new Figures(2 * nodesEach)];
    const look = (figures: Figures, job: number, attempt: number) => {
      const node = attempts.node[attempt]!;
      figures.occasions[node]!++;
      readColumns(columns, { attempt, job, node }, (name, value) => {
        // operators are declared one by one, cohort by cohort
        const isName = value === node || name.includes('.declaredOperator');
        if (Number.isFinite(value) && !isName) figures.add(name, node, value);
      });
      figures.add('identities on its machine', node, machines.identities[ownership.machine[node]!]!);
    };
    atEvidence(built, ({ job }, attempt) => look(atEnd, job, attempt));
    for (let at = 0; at <= 2 * 86_400; at += 300) {
      runUntil(built, at);
      for (const job of openJobs(built.world)) look(atWork, job, jobs.lastAttempt[job]!);
    }

    for (const figures of [atWork, atEnd]) {
      expect(figures.occasions.every((count) => count > 5)).toBe(true);
      const power = figures.tellingPower(nodesEach);
      expect(power.get('identities on its machine')).toBe(1);
      power.delete('identities on its machine');
      expect(telling(power, nodesEach, nodesEach)).toEqual([]);
    }
  });

  it('doesn’t tell which identities share a purse, where bonds empty it', () => {
    const built = buildLoaded(
      loadText(
        scenario,
        // twelve bonds an hour are locked for those of the swarm, whose purse holds five; nobody waits for a node
        'protocol.rewards={kind: fee-split, bondFraction: 1, emission: 0}',
        'fleet.honest={nodes: 60, funds: 90}',
        'fleet.liars={nodes: 30, funds: 5, strategy: {kind: sybil-swarm, machines: 30}}',
        'workload.w={arrivals: {perHour: 40}, work: 20m, fee: 1, deadline: none}',
      ),
    );
    const { nodes, ownership } = built.world;
    const columns = [...columnsOf(built)].filter(([, read]) => read().length === nodes.capacity);
    expect(columns.length).toBeGreaterThan(10);
    const watched = [...columns, ['the purse', () => ownership.affordableLanes] as const].map(([path, read]) => {
      return { path, read, before: Array.from(read()), together: 0, alone: 0 };
    });
    const handlers = built.handlers.map((handler, kind): EventHandler => {
      // the ends of epochs and publications are everybody's
      const isOfAll = kind === EventKind.epochEnded || kind === EventKind.scoresPublished;
      return (subject, detail) => {
        const result = handler(subject, detail);
        for (const column of watched) {
          let changed = 0;
          const now = column.read();
          for (let node = 0; node < nodes.count; node++) {
            if (now[node] === column.before[node]) continue;
            column.before[node] = now[node]!;
            changed++;
          }
          if (changed === 1) column.alone++;
          else if (changed > 1 && !isOfAll) column.together++;
        }
        return result;
      };
    });
    built.world.simulation.runUntil(2 * 86_400, handlers);

    const purse = watched.pop()!;
    expect(purse.together).toBeGreaterThan(20);
    expect(watched.find(({ path }) => path.endsWith('.assigned'))!.alone).toBeGreaterThan(1_000);
    expect(watched.filter(({ together }) => together > 0).map(({ path }) => path)).toEqual([]);
  });

  it('doesn’t tell which reply of a witness was an error', () => {
    const built = buildLoaded(
      loadText(
        scenario,
        'protocol.verification={kind: peer-attestation, peers: 1, threshold: 1, observes: result}',
        'protocol.verification.errorProbability=0.48',
        // as many answers are wrong as right, so that the reply itself says nothing of the error
        'fleet.honest.strategy={kind: always-wrong, wrongProbability: 0.5}',
        'fleet.liars.strategy={kind: always-wrong, wrongProbability: 0.5}',
      ),
    );
    const { attempts, panels, panelSecrets } = built.world;
    const columns = columnsOf(built);
    const replies: { readonly errs: boolean; readonly figures: Map<string, number> }[] = [];
    atEvidence(built, ({ job }, attempt) => {
      const figures = new Map<string, number>();
      const panel = attempts.lastPanel[attempt]!;
      const node = panels.askedOf(panel, 0);
      const add = (name: string, value: number) => figures.set(name, Number.isFinite(value) ? value : -1);
      readColumns(columns, { attempt, job, node }, add);
      for (const [path, read] of columns) {
        if (path.endsWith('.member')) add(`${path}, its place`, read()[panels.firstMember(panel)]!);
        else if (path.includes('.panels.')) add(`${path}, its panel`, read()[panel]!);
      }
      const errs = panelSecrets.errs(panel, 0);
      add('error', Number(errs));
      replies.push({ errs, figures });
    });
    runUntil(built, 86_400);
    const inOrder = [...replies.filter(({ errs }) => errs), ...replies.filter(({ errs }) => !errs)];
    const erring = replies.filter(({ errs }) => errs).length;
    expect(erring).toBeGreaterThan(1_000);
    const figures = new Figures(inOrder.length);
    figures.occasions.fill(1);
    for (const [reply, { figures: values }] of inOrder.entries()) {
      for (const [name, value] of values) figures.add(name, reply, value);
    }

    const power = figures.tellingPower(erring);
    expect(power.get('error')).toBe(1);
    power.delete('error');
    expect(telling(power, erring, inOrder.length - erring)).toEqual([]);
  });
});

it('nothing that mechanisms and strategies are given tells spot-checks from jobs of clients, at work or after', () => {
  const built = buildLoaded(
    loadText(
      scenario,
      'protocol.verification={kind: spot-check, probability: 0.5}',
      'money.treasury=100000',
      'workload.w.minimumScore=0.5',
      'workload.w.gatedShare=0.5',
    ),
  );
  const { attempts, jobKeys, jobs } = built.world;
  const columns = columnsOf(built);
  type Seen = { readonly isSpotCheck: boolean; readonly figures: Map<string, number> };
  const [atAnswer, atEnd]: readonly [Seen[], Seen[]] = [[], []];
  const look = (seen: Seen[], job: number, attempt: number, node: number) => {
    const figures = new Map<string, number>();
    const add = (name: string, value: number) => figures.set(name, Number.isFinite(value) ? value : -1);
    readColumns(columns, { attempt, job, node }, add);
    // what is the same instant for both would part them
    for (let other = 0; other < jobs.submittedAt.length; other += handleStep) {
      if (other === job || jobs.submittedAt[other] !== jobs.submittedAt[job]) continue;
      add('another job of the same instant', 1);
    }
    if (!figures.has('another job of the same instant')) add('another job of the same instant', 0);
    const isSpotCheck = jobKeys.isSpotCheck(job);
    add('whether it is one', Number(isSpotCheck));
    seen.push({ isSpotCheck, figures });
  };
  const { strategy } = built.world.cohorts[0]!;
  const answer = strategy.answer.bind(strategy);
  strategy.answer = (node, attempt) => {
    look(atAnswer, attempts.job[attempt]!, attempt, node);
    return answer(node, attempt);
  };
  atEvidence(built, (evidence, attempt) => {
    // a wrong answer to a spot-check is found, as it is there to be
    if (evidence.subject < nodesEach) look(atEnd, evidence.job, attempt, evidence.subject);
  });
  runUntil(built, 86_400 / 4);

  for (const seen of [atAnswer, atEnd]) {
    const inOrder = [...seen.filter((one) => one.isSpotCheck), ...seen.filter((one) => !one.isSpotCheck)];
    const checks = seen.filter((one) => one.isSpotCheck).length;
    expect(checks).toBeGreaterThan(500);
    const figures = new Figures(inOrder.length);
    figures.occasions.fill(1);
    for (const [place, { figures: values }] of inOrder.entries()) {
      for (const [name, value] of values) figures.add(name, place, value);
    }
    const power = figures.tellingPower(checks);
    expect(power.get('whether it is one')).toBe(1);
    power.delete('whether it is one');
    expect(telling(power, checks, inOrder.length - checks)).toEqual([]);
  }
});

it('mechanisms can’t draw what operators and instruments drew, nor strategies what the network draws', () => {
  const { all } = contextsOf(buildLoaded(loadText(scenario)));
  expect(all.uniform(0, 0, Purpose.validationCheck)).toBeGreaterThanOrEqual(0);
  for (const purpose of [
    Purpose.misbehaviour,
    Purpose.selfTest,
    Purpose.observerError,
    Purpose.luck,
    Purpose.completion,
  ]) {
    expect(() => all.uniform(0, 0, purpose)).toThrow('expected one of its own purposes');
  }
});
