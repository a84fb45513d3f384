import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../support/refusals.js';
import { loadText } from '../../support/scenarios.js';
import { sourceOf, withSettings } from '../../support/sources.js';

const source = sourceOf(
  [
    'protocol: {reputation: {kind: ema, halfLife: 3d}, slashing: flat}',
    'fleet: {honest: {nodes: 3}, swarm: {nodes: 2}}',
    'arrivals: {perHour: 3, diurnal: 0.4}',
    'expect: [{below: 1}, {below: 2}]',
  ].join('\n'),
  'x.yaml',
);

const set = (...settings: string[]) => withSettings(source, settings).value as Record<string, unknown>;

const refusalOf = (...settings: string[]) => linesOf(() => set(...settings));

describe('applyOverrides', () => {
  test('sets numbers, words, lists and maps through maps and lists, in order', () => {
    const value = set('seed=7', 'fleet.honest.nodes=30d', 'expect.1.below={a: [1, b]}', 'seed=8', 'name=a=b');
    expect(value).toMatchObject({ seed: 8, name: 'a=b', fleet: { honest: { nodes: '30d' }, swarm: { nodes: 2 } } });
    expect(value.expect).toEqual([{ below: 1 }, { below: { a: [1, 'b'] } }]);
  });

  test('leaves the source as it was', () => {
    const before = JSON.stringify(source.value);
    set('fleet.honest.nodes=1', 'expect.0=2');
    expect(JSON.stringify(source.value)).toBe(before);
  });

  test('creates what a map lacks, placed at the setting', () => {
    const changed = withSettings(source, ['seed=1', 'run.warmUp.days=2']);
    expect(changed.value).toMatchObject({ run: { warmUp: { days: 2 } } });
    expect(changed.position(['run', 'warmUp'], 'key')).toEqual({ file: '--set', line: 2, column: 5 });
    expect(changed.position(['run', 'warmUp', 'days'])).toEqual({ file: '--set', line: 2, column: 17 });
    expect(changed.position(['fleet', 'honest', 'nodes'])?.file).toBe('x.yaml');
  });

  test('a word is the kind of a block when a setting of the block is given', () => {
    expect(set('protocol.slashing.maxFraction=0.1').protocol).toMatchObject({
      slashing: { kind: 'flat', maxFraction: 0.1 },
    });
  });

  test('another kind clears what files said about the former kind, but not what was set', () => {
    const settings = ['protocol.reputation.alpha=1', 'protocol.reputation.kind=step'];
    expect(set(...settings).protocol).toMatchObject({ reputation: { alpha: 1, kind: 'step' } });
    expect(set(...settings).protocol).not.toHaveProperty('reputation.halfLife');
    expect(set('protocol.reputation.kind=ema').protocol).toMatchObject({ reputation: { halfLife: '3d' } });
  });

  test('a rate of another span takes the place of the former one', () => {
    expect(set('arrivals.perDay=5').arrivals).toEqual({ perDay: 5, diurnal: 0.4 });
  });

  test('a map takes the place of a value that is no word', () => {
    const delayed = withSettings(source, ['protocol.slashing={kind: flat, delay: 100s}']);
    const { protocol } = withSettings(delayed, ['protocol.slashing.delay={low: 1s}']).value as {
      protocol: { slashing: object };
    };
    expect(protocol.slashing).toEqual({ kind: 'flat', delay: { low: '1s' } });
  });

  test('a new part needs a + before its path, and is refused with the names there are without', () => {
    const expected = (path: string) =>
      `expected one of: honest, swarm; or + before the path for a new one (+${path}=…), found`;
    expect(refusalOf('fleet.honst.nodes=5')).toEqual([
      `--set:1:7: fleet: ${expected('fleet.honst.nodes')} honst; did you mean honest?`,
    ]);
    expect(refusalOf('fleet.attackers={nodes: 5}')).toEqual([
      `--set:1:7: fleet: ${expected('fleet.attackers')} attackers`,
    ]);
    expect(refusalOf('fleet={attackers: {nodes: 5}}')).toEqual([`--set:1:1: fleet: ${expected('fleet')} attackers`]);
    for (const path of [
      'stress.outages.x.at',
      'stress.bugs.x',
      'workload.b.arrivals.surges.x.at',
      'fleet.honest.providers.x',
    ]) {
      expect(refusalOf(`${path}=5`), path).toEqual([
        expect.stringContaining(`+ before the path for a new one (+${path}=…)`),
      ]);
      expect(refusalOf(`+${path}=5`), path).toEqual([]);
    }
    expect(set('+fleet.honst={nodes: 5}').fleet).toMatchObject({ honest: { nodes: 3 }, honst: { nodes: 5 } });
    expect(set('+fleet.other.nodes=5', 'fleet.other.stake=1', '+fleet.other.funds=2').fleet).toMatchObject({
      other: { nodes: 5, stake: 1, funds: 2 },
    });
    expect(refusalOf('+fleet.honest.nodes=5', '+seed=5')).toEqual([
      '--set:1:2: fleet.honest.nodes: expected a path that makes a new part, such as +fleet.NAME.nodes, ' +
        'found +fleet.honest.nodes; did you mean fleet.honest.nodes?',
      '--set:2:2: seed: expected a path that makes a new part, such as +fleet.NAME.nodes, found +seed; ' +
        'did you mean seed?',
    ]);
  });

  test('a map is laid over the block that is there, as a nearer file would be', () => {
    expect(set('fleet.honest.strategy=liar', 'fleet.honest={nodes: 4}').fleet).toMatchObject({
      honest: { nodes: 4, strategy: 'liar' },
    });
    expect(set('arrivals={perDay: 5}').arrivals).toEqual({ perDay: 5, diurnal: 0.4 });
    expect(set('protocol.reputation={kind: step}').protocol).toMatchObject({ reputation: { kind: 'step' } });
    expect(set('protocol.reputation={kind: step}').protocol).not.toHaveProperty('reputation.halfLife');
    expect(set('fleet.honest=null', '+fleet.honest={stake: 4}').fleet).toEqual({
      swarm: { nodes: 2 },
      honest: { stake: 4 },
    });
  });

  test('null removes a cohort', () => {
    expect(set('fleet.swarm=null').fleet).toEqual({ honest: { nodes: 3 } });
    expect(set('fleet.honest.nodes=').fleet).toMatchObject({ honest: { nodes: null } });
  });

  test('says all faults at once, each with the ordinal of its setting', () => {
    expect(refusalOf('seed', '=3', 'a..b=1', 'fleet.=1', 'seed=1', 'a={b', 'a=1\nb: 2\n c')).toEqual([
      '--set:1:1: expected path=value, found seed',
      '--set:2:1: expected a path before the =, found nothing',
      '--set:3:3: a..b: expected a name between the dots, found nothing',
      '--set:4:7: fleet.: expected a name between the dots, found nothing',
      '--set:6:5: a: expected valid YAML (flow map must end with a }), found the end of the file',
      expect.stringMatching(/^--set:7:\d+: a: expected /),
    ]);
  });

  test('refuses names of the object prototype in paths and in values', () => {
    expect(
      refusalOf('__proto__.polluted=1', 'fleet.constructor.prototype.x=1', 'fleet={a: {__proto__: {b: 1}}}'),
    ).toEqual([
      '--set:1:1: __proto__.polluted: expected another name (this one is reserved), found __proto__',
      '--set:2:7: fleet.constructor.prototype.x: expected another name (this one is reserved), found constructor',
      '--set:3:12: fleet.a.__proto__: expected another name (this one is reserved), found __proto__',
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  test('refuses an index outside of the list and a path through a number', () => {
    expect(refusalOf('expect.2.below=1', 'expect.-1=1', 'expect.x=1', 'fleet.honest.nodes.x=1')).toEqual([
      '--set:1:8: expect.2: expected an index from 0 to 1, found 2',
      '--set:2:8: expect.-1: expected an index from 0 to 1, found -1',
      '--set:3:8: expect.x: expected an index from 0 to 1, found x',
      '--set:4:20: fleet.honest.nodes: expected a map or a list to set x in, found 3',
    ]);
  });

  test('refuses endless paths and nesting', () => {
    expect(refusalOf(`${'a.'.repeat(10_000)}b=1`, `a=${'['.repeat(10_000)}`)).toEqual([
      '--set:1:1: expected a path of at most 64 names, found 10001',
      '--set:2:67: a: expected at most 64 levels of nesting, found more',
    ]);
  });

  test('a map on an entry of a list is laid over it, another kind clears it, and any other value replaces it', () => {
    const text = [
      'horizon: 1h',
      'protocol: { verification: [{ kind: peer-attestation, peers: 4, among: any }, none] }',
      'expect: [{ metric: completedFraction, above: 0.5 }]',
      'fleet: { a: { nodes: 9, leaves: { after: { empirical: [1h, 2h] } } } }',
      'workload: { b: { arrivals: { perHour: 5 } } }',
    ].join('\n');
    const { written } = loadText(
      text,
      'protocol.verification.0={peers: 5, threshold: 4}',
      'protocol.verification[1]={kind: m-first, m: 1}',
      'expect.0={below: 0.9}',
      'fleet.a.leaves.after.empirical.1=3h',
    );
    expect(written).toMatchObject({
      protocol: {
        verification: [
          { kind: 'peer-attestation', peers: 5, among: 'any', threshold: 4 },
          { kind: 'm-first', m: 1 },
        ],
      },
      expect: [{ metric: 'completedFraction', above: 0.5, below: 0.9 }],
      fleet: { a: { leaves: { after: { empirical: ['1h', '3h'] } } } },
    });
    expect(loadText(text, 'protocol.verification.0=self-report').written).toMatchObject({
      protocol: { verification: [expect.not.objectContaining({ peers: 4 }), expect.anything()] },
    });
  });

  test('any setting is applied or refused', () => {
    const piece = fc.constantFrom(
      'fleet',
      'expect',
      '0',
      '.',
      '=',
      '{',
      '[',
      '__proto__',
      'kind',
      'null',
      ' ',
      '\n',
      '&',
    );
    const garbage = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(fc.array(garbage, { maxLength: 4 }), (settings) => {
        refusalOf(...settings);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test.each([
    ['fleet.honest.nodes=', '--set:1:20: fleet.honest: expected either nodes or a trace'],
    ['fleet={honest: {nodes: null}}', '--set:1:24: fleet.honest: expected either nodes or a trace'],
    ['workload.w.arrivals.perHour=', '--set:1:29: workload.w.arrivals: expected exactly one of perSecond'],
    ['workload.w=', '--set:1:12: workload: expected at least one workload'],
    ['fleet.honest=', '--set:1:14: fleet: expected at least one cohort'],
    ['expect.0.below=', '--set:1:16: expect.0: expected at least one of below'],
    ['fleet.honest.hardware.h100=', '--set:1:28: fleet.honest.hardware: expected shares that sum to 1'],
    ['fleet.honest.hardware.h100=1', '--set:1:28: fleet.honest.hardware: expected shares that sum to 1'],
    ['protocol.rewards.operator=0.9', '--set:1:27: protocol.rewards: expected shares for operator'],
  ])('%s is told in its place, whatever the file has of that map', (setting, fault) => {
    const text = [
      'horizon: 10d',
      'protocol: {rewards: {kind: fee-split}}',
      'fleet: {honest: {nodes: 3, hardware: {h100: 0.5, t4: 0.5}}}',
      'workload: {w: {arrivals: {perHour: 3}}}',
      'expect: [{metric: jobsFinal, below: 1}]',
    ].join('\n');
    const lines = linesOf(() => loadText(text, setting));
    expect(lines).toHaveLength(1);
    expect(lines[0]!.slice(0, fault.length)).toBe(fault);
  });

  test('leaves a fault of the file in its place, whatever else of that map was set', () => {
    const text = 'horizon: 10d\nfleet: {honest: {stake: 5}}\nworkload: {w: {arrivals: {perHour: 3}}}';
    const [line] = linesOf(() => loadText(text, 'fleet.honest.stake=', 'fleet.honest.quality=0.5'));
    expect(line).toMatch(/scenario\.yaml:2:17: fleet\.honest: expected either nodes or a trace/);
  });

  test('a protocol is suggested by a word of its name', () => {
    const text = 'horizon: 10d\nfleet: {honest: {nodes: 5}}\nworkload: {w: {arrivals: {perHour: 3}}}';
    expect(linesOf(() => loadText(text, 'protocol.extends=triangulated'))[0]).toMatch(
      /did you mean triangulated-mesh\?$/,
    );
  });
});
