import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assignmentPolicies } from '../../sim/mechanisms/assignment/index.js';
import { reputationModels } from '../../sim/mechanisms/reputation/index.js';
import { rewardRules } from '../../sim/mechanisms/rewards/index.js';
import { slashingRules } from '../../sim/mechanisms/slashing/index.js';
import { verificationSchemes } from '../../sim/mechanisms/verification/index.js';
import { metricNames } from '../../sim/record/metrics/index.js';
import { scenarioReference } from '../../sim/reference/scenario-reference.js';
import { protocolNames } from '../../sim/scenario/schema/protocols.js';
import { strategies } from '../../sim/strategies/index.js';

const file = fileURLToPath(new URL('../../docs/scenario-reference.md', import.meta.url));
const text = scenarioReference();
const lines = text.split('\n');

/** Cells of the rows of every table that begins with the column `Setting`. */
const settings = lines.flatMap((line, index) => {
  const cells = /^\| `[a-zA-Z.]+` \|/.test(line) ? line.split(/(?<!\\)\|/).map((cell) => cell.trim()) : [];
  const head = lines.slice(0, index).findLast((before) => /^\| [A-Z]/.test(before));
  return cells.length === 7 && head?.startsWith('| Setting |') ? [cells.slice(1, -1)] : [];
});

describe('docs/scenario-reference.md', () => {
  test('is what the schemas say now; npm run update-docs writes it', () => {
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('explains every setting: a path, a range, a default, and a meaning', () => {
    expect(settings.length).toBeGreaterThan(90);
    for (const [path, , range, , meaning] of settings) {
      expect(range, path).toMatch(/\S/);
      expect(meaning, path).toMatch(/^[A-Z].+[^.]$/);
    }
  });

  test.each([
    ['`horizon`', 'duration', '> 0, ≤ 3650d', '__required__', 'Length of the simulated time'],
    ['`protocol.epoch`', 'duration', '1h to 1w', '`24h`', 'Length of an epoch'],
    ['`protocol.slashing.maxFraction`', 'fraction', '0 to 1', '`0.2`', 'Share of the remaining stake at score 0'],
    ['`workload.NAME.deadline.atLeast`', 'duration', '≥ 0', '`1m`', 'Shortest deadline'],
    ['`fleet.NAME.nodes`', 'nodes', 'integer, 1 to 2,000,000', '–', expect.stringContaining('Identities')],
  ])('has unit, range and default of %s', (...row) => {
    expect(settings).toContainEqual(row);
  });

  test('has a section for every mechanism and strategy, with what it does', () => {
    const roles = {
      assignment: assignmentPolicies,
      verification: verificationSchemes,
      reputation: reputationModels,
      slashing: slashingRules,
      rewards: rewardRules,
      strategy: strategies,
    };
    for (const [role, entries] of Object.entries(roles)) {
      for (const { kind, meaning } of entries) {
        const heading = lines.indexOf(`#### ${kind} (${role})`);
        expect(heading, `${kind} (${role})`).toBeGreaterThan(0);
        expect(lines[heading + 2]).toBe(meaning);
      }
    }
  });

  test('lists every metric and protocol', () => {
    for (const name of [...metricNames, ...protocolNames()]) expect(text).toContain(`\n| \`${name}\` | `);
  });

  test('has no link that leads nowhere', () => {
    const anchors = lines
      .filter((line) => line.startsWith('#'))
      .map((line) =>
        line
          .replace(/^#+ /, '')
          .toLowerCase()
          .replace(/[^\p{L}\d _-]/gu, '')
          .replaceAll(' ', '-'),
      );
    expect(new Set(anchors).size).toBe(anchors.length);
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor!);
    expect(links.length).toBeGreaterThan(20);
    for (const anchor of links) expect(anchors).toContain(anchor);
  });
});
