/** Names of all charts, in the order of the report: known without loading what draws them. */
export const chartNames = [
  'score-quantiles',
  'work-share',
  'job-outcomes',
  'nodes-online',
  'utilisation',
  'stake',
  'income',
  'income-lorenz',
  'honest-twin',
  'profit-against-twin',
  'corruption',
  'detection-curve',
  'slashings-by-cause',
  'honest-harm',
  'newcomer-parity',
  'job-times',
  'final-scores',
  'score-as-detector',
  'work-reputation',
  'measures',
  'replications',
] as const;

/** Every chart's file that a report may have, as paths from the run's folder. */
export const chartFiles: readonly string[] = chartNames.flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]);
