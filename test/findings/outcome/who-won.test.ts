import { describe, expect, it } from 'vitest';
import { whoWon } from '../../../sim/findings/outcome/who-won.js';
import { metricNames } from '../../../sim/record/metrics/index.js';
import { loadText, runFinished, tableNamed } from '../../support/scenarios.js';
import { cellTable } from '../../support/tables.js';

const base = `
  horizon: 4d
  network: single
  twin: true
  protocol:
    verification: { kind: recompute, share: 0.05 }
    reputation: beta
    slashing: { kind: fixed, fraction: 0.02 }
  fleet:
    honest: { nodes: 12, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 4, hardware: reference-cpu, quality: 1, strategy: { kind: lazy, lazyProbability: 0.5 } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 5m, valueAtRisk: 2 } }
  money: { treasury: 100000 }
`;

async function toldOf(...set: readonly string[]): Promise<string> {
  const loaded = loadText(base, ...set);
  const run = await runFinished(loaded);
  const { values } = run.row;
  return whoWon({
    values,
    replications: [values],
    scenario: loaded.scenario,
    written: {},
    table: (name) => tableNamed(run, name),
  });
}

describe('who won is told of a run', () => {
  it('in which attackers gained, and who paid for it', async () => {
    expect(await toldOf()).toMatch(
      new RegExp(
        '^The attackers won: cheating brought them [\\d,.]+ USD more than honest work would have\\. ' +
          'It was at the cost of clients, who took wrong results worth [\\d,.]+ USD to the attackers(, | and )?.*\\. ' +
          'Which setting would have turned it, one run can’t tell: a sweep of a setting can \\(sim sweep\\)\\.$',
      ),
    );
  });

  it('in which they lost', async () => {
    const all = ['protocol.verification.share=1', 'protocol.slashing.fraction=0.5'];
    const told = await toldOf(...all);
    expect(told).toMatch(/^The attackers lost: cheating brought them [\d,.]+ USD less than honest work would have\. /);
    // every wrong result is found out
    expect(told).not.toContain('clients');
  });

  it('in which nobody attacked, or none of those who should came', async () => {
    expect(await toldOf('fleet.liars.strategy=honest')).toBe('');
    expect(await toldOf('fleet.liars.joins={ at: 9d }')).toBe(
      'The attackers never joined, so nobody won by it and nobody paid for it.',
    );
  });

  it('without a twin by profit alone', async () => {
    expect(await toldOf('twin=false')).toMatch(
      /^The attackers made a profit of [\d,.]+ USD; whether honest work .* \(--twin\)\. It was at the cost of/,
    );
  });

  it('in which attackers are honest as one without a winner', async () => {
    expect(await toldOf('fleet.liars.strategy=honest', 'fleet.liars.attack=ring')).toMatch(
      /^Nobody won: cheating brought the attackers what honest work would have\. Nobody else is known to have paid/,
    );
  });
});

describe('of several replications', () => {
  /** Profits over the twin of attackers and of the others, one of each a replication; 30 stolen in each. */
  function told(profits: readonly number[], others: number): string {
    const column = (name: string) => ({ name, unit: '', window: 'own' as const, meaning: '' });
    const names = ['cohort', 'strategy', 'isAttacker', 'nodesJoined', 'nodesEjected', 'workFraction', 'incomeUsd'];
    const rest = ['savedUsd', 'computeUsd', 'identityFeesUsd', 'ownJobsUsd', 'chargesUsd', 'claimsUsd'];
    rest.push('attackCostsUsd', 'capitalCostUsd');
    const amounts = ['stolenUsd', 'slashedUsd', 'profitUsd', ...rest];
    const cohorts = cellTable(
      'cohorts',
      [...names, ...amounts].map(column),
      profits.map(() => ['liars', 'lazy', true, 4, 0, 0.2, 5, 30, 1, 1, ...rest.map(() => 0)]),
    );
    const none = Object.fromEntries(metricNames.map((name) => [name, Number.NaN]));
    const runs = profits.map((profit) => ({
      ...none,
      attackerProfitOverTwinUsd: profit,
      honestProfitOverTwinUsd: others,
    }));
    const mean = profits.reduce((sum, profit) => sum + profit, 0) / profits.length;
    return whoWon({
      values: { ...runs[0]!, attackerProfitOverTwinUsd: mean },
      replications: runs,
      scenario: loadText(base).scenario,
      written: {},
      table: () => cohorts,
    });
  }

  it('it is told by the mean where the interval has one sign', () => {
    expect(told([10, 12, 14], -3)).toMatch(
      new RegExp(
        '^The attackers won: cheating on average brought them 12 USD more than honest work would have\\. ' +
          'It was at the cost of clients, who took wrong results worth 30 USD to the attackers, ' +
          'and honest operators, who made 3 USD less than without the attack\\. ',
      ),
    );
    expect(told([-10, -12, -14], 3)).toMatch(
      /^The attackers lost: .* 12 USD less .* It cost others, too: .* Honest operators made 3 USD more by it\. /,
    );
  });

  it('it is left open where some contradict', () => {
    expect(told([-10, 2, 12], 0)).toMatch(
      /^Who won can’t be told: over 3 replications cheating brought the attackers −/,
    );
  });
});
