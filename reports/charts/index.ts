import type { Chart } from './chart.js';
import { jobOutcomes } from './job-outcomes.js';
import { nodesOnline } from './nodes-online.js';
import { scoreQuantiles } from './score-quantiles.js';
import { workShare } from './work-share.js';

export type { Chart, ChartInput } from './chart.js';

/** The charts of a run, in the order of the report. */
export const charts: readonly Chart[] = [scoreQuantiles, workShare, jobOutcomes, nodesOnline];
