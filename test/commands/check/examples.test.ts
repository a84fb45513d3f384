import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { simHere, smallScenario, temporaryFolder, writeScenario } from '../captured.js';

const examples = fileURLToPath(new URL('../../../examples/ci/', import.meta.url));

interface Examples {
  readonly jobs: { readonly check: { readonly steps: readonly { readonly run?: string }[] } };
  readonly economics: {
    readonly script: readonly string[];
    readonly artifacts: { readonly reports: { readonly junit: string } };
  };
  readonly repos: readonly { readonly hooks: readonly { readonly id: string; readonly entry: string }[] }[];
}

const read = (name: string) => parse(readFileSync(join(examples, name), 'utf8')) as Examples;

/** The lines that call this program, as it sees them. */
function callsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const calls = lines.filter((line) => line.startsWith('npx sim '));
  return calls.map((line) => line.replace('"$GITHUB_STEP_SUMMARY"', 'summary.md').split(' ').slice(2));
}

/** A project with one scenario and its baseline. */
async function project(): Promise<string> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'scenarios'));
  writeScenario(join(folder, 'scenarios'), smallScenario, 'mine.yaml');
  const words = ['check', 'scenarios', '--baseline', 'baselines', '--update-baseline', '--replications', '2'];
  expect((await simHere([...words, '--quiet'], folder)).code).toBe(0);
  return folder;
}

async function perform(lines: readonly string[], folder: string): Promise<void> {
  const calls = callsOf(lines);
  expect(calls.length).toBeGreaterThan(0);
  for (const words of calls) expect(await simHere(words, folder)).toMatchObject({ code: 0 });
}

test('what the GitHub workflow calls passes, and writes its summary', async () => {
  const folder = await project();
  const steps = read('github.yml').jobs.check.steps.map(({ run = '' }) => run);
  expect(steps).toContain('npm ci');
  await perform(steps, folder);
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('| ✅ holds | mine | completedFraction');
});

test('what the GitLab job calls passes, and writes the report that it names', async () => {
  const folder = await project();
  const { script, artifacts } = read('gitlab-ci.yml').economics;
  await perform(script, folder);
  expect(readFileSync(join(folder, artifacts.reports.junit), 'utf8')).toContain('<testcase classname="mine"');
});

test('what the pre-commit hooks call passes for a scenario', async () => {
  const folder = await project();
  const [validate, check] = read('pre-commit-config.yaml').repos[0]!.hooks.map(({ entry }) => entry);
  await perform([`${validate} scenarios/mine.yaml`, check!], folder);
});
