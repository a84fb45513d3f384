import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../sim/commands/exit-code.js';
import { run, runArguments } from '../../sim/commands/run.js';
import { sim, smallScenario, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const out = join(folder, 'out');
let count = 0;

/** Runs the scenario text in this process and returns exit code and complaint lines. */
async function complaints(text: string | Buffer, set: string[] = []): Promise<{ code: number; lines: string[] }> {
  const file = join(folder, `scenario-${count++}.yaml`);
  writeFileSync(file, text);
  return complaintsOf(file, set);
}

async function complaintsOf(file: string, set: string[] = []): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((chunk: string) => {
    lines.push(...chunk.trimEnd().split('\n'));
    return true;
  }) as typeof write;
  try {
    const options = runArguments.parse({ scenario: file, set, out, quiet: true });
    const code = await exitCodeOf(async () => {
      await run(options);
      return 0;
    }, 'sim run');
    return { code, lines };
  } finally {
    process.stderr.write = write;
  }
}

const changed = (from: string, to: string) => {
  if (!smallScenario.includes(from)) throw new Error(`the scenario has no ${from}`);
  return smallScenario.replace(from, to);
};

const cases: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['an empty file', '', /expected/],
  ['a list at the top', '- 1\n- 2\n', /expected a map.*found a list|expected/],
  ['tabs', changed('  honest', '\thonest'), /tab/i],
  ['an unknown key', changed('seed:', 'sede:'), /sede.*did you mean seed/],
  ['a wrong type', changed('nodes: 30', 'nodes: many'), /fleet\.honest\.nodes: expected an integer.*many/],
  ['a wrong unit', changed('horizon: 12h', 'horizon: 12 parsecs'), /horizon: expected a duration.*parsecs/],
  ['a negative number', changed('stake: 10', 'stake: -10'), /fleet\.swarm\.stake: expected.*-10/],
  [
    'a number out of range',
    changed('{ nodes: 30', '{ publicAddress: 1.5, nodes: 30'),
    /publicAddress: expected a fraction.*1\.5/,
  ],
  ['NaN', changed('stake: 10', 'stake: .nan'), /fleet\.swarm\.stake: expected/],
  ['two documents', `${smallScenario}---\na: 1\n`, /document/],
  ['an unknown tag', changed('seed: small-1', 'seed: !secret x'), /tag/],
  [
    'an unknown protocol',
    changed('extends: triangulated-mesh', 'extends: triangulated-mess'),
    /did you mean triangulated-mesh/,
  ],
  [
    'an unknown mechanism',
    changed('{ extends: triangulated-mesh }', '{ extends: triangulated-mesh, reputation: emma }'),
    /protocol\.reputation: expected one of: step, ema/,
  ],
  [
    'shares that do not sum to 1',
    changed('{ extends: triangulated-mesh }', '{ extends: triangulated-mesh, slashedTo: { burn: 0.5 } }'),
    /sum to 1/,
  ],
  [
    'a cohort of 0 nodes',
    changed('nodes: 30', 'nodes: 0'),
    /fleet\.honest\.nodes: expected an integer from 1.*found 0/,
  ],
  ['a horizon of 0', changed('horizon: 12h', 'horizon: 0'), /horizon: expected a duration above 0.*found 0/],
  [
    'a threshold above the peers',
    changed(
      '{ extends: triangulated-mesh }',
      '{ extends: triangulated-mesh, verification: { kind: peer-attestation, peers: 2, threshold: 3 } }',
    ),
    /threshold: expected a threshold of at most the number of peers/,
  ],
  ['a 2 MiB file', `${smallScenario}#${'x'.repeat(2 << 20)}\n`, /1 MiB/],
  ['10,000 nested brackets', `a: ${'['.repeat(10_000)}`, /nest/],
  ['an alias', changed('seed: small-1', 'seed: &a x\nwarm: *a'), /alias|anchor/],
  ['a duplicate key', changed('seed: small-1', 'seed: small-1\nseed: small-2'), /seed/],
];

describe('bad input', () => {
  it.each(cases)('%s gets clear lines with their place, exit code 2, and nothing written', async (_, text, line) => {
    const { code, lines } = await complaints(text);
    expect(code).toBe(2);
    expect(lines.length).toBeGreaterThanOrEqual(1);
    expect(
      lines.some((each) => line.test(each)),
      lines.join('\n'),
    ).toBe(true);
    for (const each of lines) {
      expect(each).toMatch(/^.*scenario-\d+\.yaml:/);
      expect(each).not.toMatch(/^\s+at /);
    }
    expect(existsSync(out)).toBe(false);
  });

  it('cyclic extends shows the circle', async () => {
    writeFileSync(join(folder, 'one.yaml'), 'extends: two.yaml\n');
    writeFileSync(join(folder, 'two.yaml'), 'extends: one.yaml\n');
    const { code, lines } = await complaintsOf(join(folder, 'one.yaml'));
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/one\.yaml → .*two\.yaml/);
  });

  it('a missing file and a directory in place of a file get a line each', async () => {
    expect(await complaintsOf(join(folder, 'none.yaml'))).toMatchObject({ code: 2, lines: [/none\.yaml: expected/] });
    mkdirSync(join(folder, 'folder.yaml'));
    const { code, lines } = await complaintsOf(join(folder, 'folder.yaml'));
    expect(code).toBe(2);
    expect(lines[0]).toMatch(/directory/);
  });

  it('__proto__ in a --set is refused', async () => {
    const { code, lines } = await complaints(smallScenario, ['__proto__.polluted=1']);
    expect(code).toBe(2);
    expect(lines[0]).toMatch(/^--set:1/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('all faults of a scenario are told at once', async () => {
    const text = changed('nodes: 30', 'nodes: 0').replace('stake: 10', 'stake: -1').replace('seed:', 'sede:');
    const { lines } = await complaints(text);
    expect(lines).toHaveLength(3);
  });

  it('a malformed cell of a trace is told as file:row:column', async () => {
    const records = join(folder, 'golem-2019');
    mkdirSync(records);
    writeFileSync(join(records, 'nodes_2019-01.csv'), 'node\nabc\n');
    writeFileSync(
      join(records, 'sessions_2019-01.csv'),
      'node,start_epoch,end_epoch,snapshots,left_censored,right_censored\nabc,1000,soon,1,1,1\n',
    );
    writeFileSync(join(records, 'outcomes_2019-01.csv'), 'node,epoch,d_success,d_error,d_timeout\n');
    writeFileSync(join(records, 'snapshots_2019-01.csv'), 'epoch,nodes_online\n1000,1\n');
    const cohort = 'honest: { trace: { format: golem-2019, path: golem-2019, month: 2019-01 }';
    const { code, lines } = await complaints(changed('honest: { nodes: 30', cohort));
    expect(code).toBe(2);
    expect(
      lines.some((line) => /sessions_2019-01\.csv:2:3: .*expected.*found soon/.test(line)),
      lines.join('\n'),
    ).toBe(true);
  });

  it('a place below a file, a file, and a foreign folder are refused before anything is simulated', () => {
    const scenario = join(folder, 'small.yaml');
    writeFileSync(scenario, smallScenario);
    mkdirSync(join(folder, 'foreign'));
    writeFileSync(join(folder, 'foreign', 'thesis.txt'), 'precious');
    for (const place of ['small.yaml', 'small.yaml/x', 'foreign']) {
      const ended = sim(['run', scenario, '--out', join(folder, place)]);
      expect(ended.code).toBe(2);
      expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
      expect(ended.err).toMatch(/expected .*, found /);
    }
    expect(readdirSync(join(folder, 'foreign'))).toEqual(['thesis.txt']);
  });

  it.each([
    [['rnu', 'x.yaml'], /Did you mean run/],
    [['frobnicate'], /Unknown command: frobnicate/],
    [['run'], /Not enough/],
    [['run', 'x.yaml', '--sede', '1'], /Unknown argument: sede/],
    [['run', 'x.yaml', '--seed'], /Not enough arguments following: seed/],
  ])('the words %j get one line and the way to help', (words, line) => {
    const ended = sim(words);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(line);
    expect(ended.err.trimEnd().split('\n')).toHaveLength(2);
    expect(ended.err).toContain('Try: sim --help');
  });
});
