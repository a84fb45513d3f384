import type { Config } from 'vega-lite';

/** Width of a whole chart [px]; the report's text column has the same. */
export const CHART_WIDTH = 800;

/** Ink for titles and labels, from strong to faint, and the grey of the warm-up. */
export const INK = { strong: '#1c1c1c', plain: '#3d3d3d', faint: '#6b6b6b', grid: '#e6e6e6', veil: '#d4d4d4' } as const;

/** For what belongs to no cohort: a dark one, and a lighter one beside it. */
export const GREYS = { dark: '#4a4a4a', light: '#a3a3a3' } as const;

/**
 * Colours told apart by people with any common colour blindness: Okabe M., Ito K., "Color Universal Design" (2008,
 * jfly.uni-koeln.de/color), without its yellow, which is too faint for a line on white.
 */
const OKABE_ITO = {
  blue: '#0072b2',
  orange: '#e69f00',
  green: '#009e73',
  vermilion: '#d55e00',
  purple: '#cc79a7',
  sky: '#56b4e9',
  black: '#000000',
} as const;

/** Five more that differ from those in lightness, too. */
const MORE = { wine: '#882255', olive: '#8a8a00', indigo: '#4b3fb3', brown: '#8c510a', pink: '#e7298a' } as const;

/** Of the ends of jobs, light and dark in turn; none is a cohort’s. */
export const OUTCOME_COLORS = {
  completed: '#a9c9de',
  wrong: '#e4572e',
  rejected: '#7f1d1d',
  timedOut: '#c9ad7f',
  unserved: GREYS.dark,
} as const;

/** Of attackers and honest operators as such, and of what is better or worse for somebody; none is a cohort’s. */
export const SIDE_COLORS = { attackers: OUTCOME_COLORS.wrong, honest: '#5f8fb4' } as const;

/** Of causes, in the order of their weight; what is left of them is grey. */
export const CAUSE_COLORS = ['#c9ad7f', '#e4572e', '#5f8fb4', '#7f1d1d', '#6f9a6b'] as const;

/** Colours of bars in the strip that belong to no cohort, or share their row with other cohorts'. */
export const STRIP_COLORS: Readonly<Record<string, string>> = {
  attack: INK.plain,
  attackEntry: INK.plain,
  outage: INK.strong,
  maintenance: GREYS.light,
  // far from the ends of jobs and from every cohort, on light pages and on dark ones
  surge: '#b400f0',
  bug: GREYS.dark,
  partition: GREYS.light,
  change: INK.strong,
};

/** Of cohorts, in the order of the scenario. */
export const COHORT_COLORS: readonly string[] = [...Object.values(OKABE_ITO), ...Object.values(MORE)];

/** Hues [degrees] of cohorts behind the first dozen: all but those of surges. */
const HUES = { first: 322, span: 284 } as const;
/** Lightnesses of them in turn; bright hues, from yellow to cyan, are darkened to be seen on white. */
const LIGHTNESSES = [0.48, 0.64, 0.38, 0.56] as const;
const BRIGHT = { from: 45, to: 195, factor: 0.8 } as const;
const SATURATION = 0.62;

/**
 * Colour of the cohort at a place in the scenario, from 0, whoever else there is. Those behind the first dozen have
 * hues a golden section apart, so that neighbours differ most; no two of the first 500 are the same.
 */
export function cohortColor(place: number): string {
  const listed = COHORT_COLORS[place];
  if (listed !== undefined) return listed;
  const turns = (place * (Math.sqrt(5) - 1)) / 2;
  const hue = (HUES.first + HUES.span * (turns - Math.floor(turns))) % 360;
  const isBright = hue >= BRIGHT.from && hue < BRIGHT.to;
  return toHex(hue, LIGHTNESSES[place % LIGHTNESSES.length]! * (isBright ? BRIGHT.factor : 1));
}

/** Of a hue [degrees] and a lightness [0 to 1], as CSS Color 4, section 7.1, has it. */
function toHex(hue: number, lightness: number): string {
  const amplitude = SATURATION * Math.min(lightness, 1 - lightness);
  const part = (offset: number) => {
    const turn = (offset + hue / 30) % 12;
    const value = lightness - amplitude * Math.max(-1, Math.min(turn - 3, 9 - turn, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}

/** Of attackers' lines, and of the group of cohorts that aren't drawn by themselves [px]. */
export const DASHES = { attackers: [6, 3], others: [2, 3] } as const;

/**
 * What the colours of drawings become on a dark page: inks and greys change places, the colours of cohorts stay but for
 * black.
 */
export const ON_DARK: Readonly<Record<string, string>> = {
  '#ffffff': '#222220',
  [INK.strong]: '#ececea',
  [INK.plain]: '#cfcfcc',
  [INK.faint]: '#a3a3a0',
  [INK.grid]: '#3a3a38',
  [INK.veil]: '#6a6a66',
  [GREYS.dark]: '#c4c4c0',
  [GREYS.light]: '#80807c',
  [OUTCOME_COLORS.rejected]: '#c65a4f',
  [OKABE_ITO.blue]: '#2a8ccd',
  [OKABE_ITO.black]: '#f4f4f2',
  [MORE.wine]: '#c9588c',
  [MORE.indigo]: '#8d84ea',
  [MORE.brown]: '#b9803f',
};

/** The look of every chart: Inter on white, thin lines, a faint grid, titles and legends flush left. */
export const THEME: Config = {
  background: '#ffffff',
  padding: 16,
  font: 'Inter, system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    labelColor: INK.plain,
    labelFontSize: 13,
    labelPadding: 6,
    titleColor: INK.plain,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    titlePadding: 10,
    gridColor: INK.grid,
    gridWidth: 1,
    domain: false,
    ticks: false,
  },
  axisX: { grid: false, domain: true, domainColor: INK.faint, ticks: true, tickColor: INK.faint, tickSize: 4 },
  title: {
    anchor: 'start',
    frame: 'group',
    color: INK.strong,
    fontSize: 18,
    fontWeight: 600,
    offset: 14,
    subtitleColor: INK.faint,
    subtitleFontSize: 13,
    subtitleLineHeight: 18,
    subtitlePadding: 6,
  },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: INK.plain,
    labelFontSize: 13,
    // Names are never cut: the legend breaks into columns instead.
    labelLimit: 0,
    symbolSize: 130,
    columnPadding: 18,
    rowPadding: 4,
    offset: 26,
  },
};
