import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cohortColors } from '../../reports/drawing/theme.js';
import { reportHtml } from '../../reports/page/html.js';
import { writeCharts } from '../../reports/write.js';
import { madeUpRun } from './made-up-run.js';

test('sixty days of six cohorts take less than 3 MB of report', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'effort-'));
  try {
    const cohorts = Array.from({ length: 6 }, (_, at) => `cohort-with-a-name-of-some-length-${at}`);
    const input = madeUpRun({ horizonDays: 60, sampleCount: 1_441, cohorts });
    const charts = await writeCharts(folder, input);
    const html = reportHtml({
      ...{ title: 'run', question: '', answer: [], figures: [], expectations: [], fleet: [], slashings: [] },
      ...{ settings: [], identity: [], charts, marks: '' },
      cohorts: cohortColors(cohorts).map((color, at) => ({ name: cohorts[at]!, color })),
    });
    expect(Buffer.byteLength(html)).toBeLessThan(3_000_000);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
