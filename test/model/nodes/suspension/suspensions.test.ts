import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../../sim/run.js';
import { linesOf } from '../../../support/refusals.js';
import { buildLoaded, loadText, metricOf, numbers, records, runUntil, tableNamed } from '../../../support/scenarios.js';

const day = 86_400;

/** Twenty machines that are up throughout, and one that is down from the end of the third day on, for a while. */
const network = (rule: string, down = '2d') => `
  seed: suspension-1
  horizon: 20d
  warmUp: 0
  network: single
  protocol:
    publish: { every: 0, delay: 0 }
    slashing: none
    verification: none
    suspension: ${rule}
  fleet:
    steady: { nodes: 20, hardware: reference-cpu, quality: 1 }
    struck: { nodes: 1, hardware: cpu-server, quality: 1 }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m } }
  stress: { outages: { crash: { hardware: cpu-server, at: 3d, for: ${down} } } }
`;

/** The day at whose end the struck node is suspended, and that at whose end it is reinstated; null for never. */
function daysOf(text: string, ...set: readonly string[]) {
  const built = buildLoaded(loadText(text, ...set));
  const { nodes } = built.world;
  const suspended: number[] = [];
  for (let ended = 1; ended < 20; ended++) {
    runUntil(built, ended * day);
    if (nodes.isSuspended[20] === 1) suspended.push(ended);
    expect(nodes.isSuspended.subarray(0, 20).reduce((sum, one) => sum + one, 0)).toBe(0);
  }
  return suspended.length === 0 ? null : { from: suspended[0], until: suspended.at(-1)! + 1 };
}

describe('a node that is down too often', () => {
  // its outage is days 4 and 5; over seven days it is at 3/4 after the first of these, at 3/5 after the second
  it('is suspended once its uptime over the window is below, and reinstated when it has been up again', () => {
    expect(daysOf(network('{ window: 7, below: 0.8, grace: 0, review: { networkWide: 1 } }'))).toEqual({
      from: 4,
      until: 6,
    });
  });

  it('isn’t at exactly the share', () => {
    expect(daysOf(network('{ window: 7, below: 0.75, grace: 0, review: { networkWide: 1 } }', '1d'))).toBeNull();
  });

  it('has the grace of so many ends of epochs at which it is below', () => {
    const rule = (grace: number) => `{ window: 7, below: 0.8, grace: ${grace}, review: { networkWide: 1 } }`;
    // after a day of outage it is below at the end of the fourth day alone: at the fifth it is at 4/5
    expect(daysOf(network(rule(0), '1d'))).toEqual({ from: 4, until: 5 });
    expect(daysOf(network(rule(1), '1d'))).toBeNull();
    expect(daysOf(network(rule(1)))).toEqual({ from: 5, until: 6 });
  });

  it('waits without review until its outage has left the window', () => {
    // up for five of the latest seven days is below, for six it isn't: at the end of the eleventh day
    expect(daysOf(network('{ window: 7, below: 0.8, grace: 0, review: none }'))).toEqual({ from: 4, until: 11 });
  });

  it('is reinstated after as many epochs as the review takes', () => {
    expect(daysOf(network('{ window: 7, below: 0.8, grace: 0, review: { after: 3, networkWide: 1 } }'))).toEqual({
      from: 4,
      until: 8,
    });
  });

  it('isn’t if that was announced: nothing was due', () => {
    const rule = '{ window: 7, below: 1, grace: 0, review: none }';
    expect(daysOf(network(rule), 'stress.outages.crash.announced=true')).toBeNull();
    expect(daysOf(network(rule))).not.toBeNull();
  });

  it('gets no work meanwhile, and some again afterwards', () => {
    const built = buildLoaded(
      loadText(network('{ window: 7, below: 0.8, grace: 0, review: none }'), 'workload.w.class=task'),
    );
    const { nodes } = built.world;
    runUntil(built, 5 * day + 60);
    expect([nodes.isOnline[20], nodes.isActive[20]]).toEqual([1, 0]);
    const accepted = () => built.recorder.work.accepted(20);
    const before = accepted();
    runUntil(built, 11 * day);
    expect(accepted()).toBe(before);
    runUntil(built, 15 * day);
    expect(accepted()).toBeGreaterThan(before);
  });

  it('is reinstated when the rule is abolished', () => {
    const changes = 'changes=[{ at: 6.5d, set: { protocol.suspension: none } }]';
    expect(daysOf(network('{ window: 7, below: 0.8, grace: 0, review: none }'), changes)).toEqual({
      from: 4,
      until: 7,
    });
  });
});

describe('a fault of the whole network', () => {
  /** Of ten nodes, so many fall out together for two days. */
  const struck = (nodes: number, rule: string) =>
    loadText(network(rule), `fleet.steady.nodes=${10 - nodes}`, `fleet.struck.nodes=${nodes}`);
  const rule = (networkWide: number) => `{ window: 7, below: 0.8, grace: 0, review: { networkWide: ${networkWide} } }`;

  it('is pardoned where as many were below as the review says, included', async () => {
    const pardoned = await runScenario(struck(3, rule(0.3)));
    expect(metricOf(pardoned, 'suspendedNodes')).toBe(0);
    const alone = await runScenario(struck(2, rule(0.3)));
    expect(metricOf(alone, 'suspendedNodes')).toBe(2);
  });

  it('counts as false where it is not, and only then', async () => {
    const result = await runScenario(struck(4, '{ window: 7, below: 0.8, grace: 0, review: none }'));
    const all = ['suspendedNodes', 'honestSuspendedNodes', 'falseSuspensions'].map((name) => metricOf(result, name));
    expect(all).toEqual([4, 4, 4]);
    const own = 'fleet.struck.outages={ up: 6h, down: 6h }';
    const unsteady = await runScenario(loadText(network('{ window: 7, grace: 0, review: none }'), own, 'stress={}'));
    expect(metricOf(unsteady, 'honestSuspendedNodes')).toBe(1);
    expect(metricOf(unsteady, 'falseSuspensions')).toBe(0);
  });

  it('stands in the tables', async () => {
    const result = await runScenario(struck(4, '{ window: 7, below: 0.8, grace: 0, review: none }'), {});
    const suspended = records(tableNamed(result, 'nodes')).filter((node) => Number(node.suspensions) > 0);
    expect(suspended.map(({ cohort, suspended: isOut }) => [cohort, isOut])).toEqual(
      Array.from({ length: 4 }, () => ['struck', false]),
    );
    expect(Math.max(...numbers(tableNamed(result, 'timeseries'), 'nodesSuspended'))).toBe(4);
  });
});

describe('a rule of suspension that can’t be meant', () => {
  it.each([
    ['{ window: 0 }', 'protocol.suspension.window'],
    ['{ below: 1.5 }', 'protocol.suspension.below'],
    ['{ grace: -1 }', 'protocol.suspension.grace'],
    ['{ review: { networkWide: 2 } }', 'protocol.suspension.review.networkWide'],
    ['{ every: 1 }', 'protocol.suspension'],
  ])('%s is refused', (rule, path) => {
    expect(linesOf(() => loadText(network(rule)))[0]).toContain(path);
  });

  it('without check-ins is warned of', () => {
    const told = loadText(network('{}'), 'protocol.checkIn=none').warnings.map(({ path }) => path);
    expect(told).toContain('protocol.suspension');
    expect(loadText(network('{}')).warnings.map(({ path }) => path)).not.toContain('protocol.suspension');
  });
});
