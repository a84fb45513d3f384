import type { ReportInput } from '../../reports/page/html.js';
import { writeCharts } from '../../reports/write.js';
import type { madeUpRun } from './made-up-run.js';

/** A report that says nothing. */
export const emptyReport: ReportInput = {
  title: 'run',
  question: '',
  answer: { verdict: '', reasons: [], more: [] },
  outcome: '',
  figures: [],
  expectations: [],
  fleet: [],
  replications: 1,
  accountStep: 1,
  unserved: [],
  attacks: [],
  slashings: [],
  warnings: [],
  neverHappened: [],
  settings: [],
  settingsMost: 300,
  protocol: [],
  identity: [],
  charts: [],
  undrawn: [],
  marks: '',
  cast: '',
  cohorts: [],
};

/** The charts of a made-up run, drawn into the folder, and the cohorts of its switches. */
export async function drawnReport(folder: string, input: ReturnType<typeof madeUpRun>): Promise<ReportInput> {
  const { drawn, undrawn } = await writeCharts(folder, input);
  const cohorts = input.cohorts.map((name, at) => {
    return { name, color: input.colors[at]!, isAttacker: input.attackers.includes(name) };
  });
  return { ...emptyReport, charts: drawn, undrawn, cohorts };
}
