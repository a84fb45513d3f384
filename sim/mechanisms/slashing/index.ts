import { correlatedOver } from './correlated.js';
import { fixed } from './fixed.js';
import { matrix } from './matrix.js';
import { none } from './none.js';
import { progressive } from './progressive.js';
import { successRate } from './success-rate.js';

const correlated = correlatedOver([progressive, fixed, matrix]);

/** The slashing rules that scenarios can name. */
export const slashingRules = [progressive, fixed, matrix, correlated, successRate, none] as const;
