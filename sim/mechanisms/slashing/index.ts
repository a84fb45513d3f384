import { byClassOver } from './by-class.js';
import { correlatedOver } from './correlated.js';
import { fixed } from './fixed.js';
import { matrix } from './matrix.js';
import { none } from './none.js';
import { progressive } from './progressive.js';
import { score } from './score.js';
import { successRate } from './success-rate.js';

const correlated = correlatedOver([progressive, fixed, matrix]);

const rules = [progressive, fixed, matrix, correlated, successRate, score, none] as const;

/** The slashing rules that scenarios can name. */
export const slashingRules = [...rules, byClassOver(rules)] as const;
