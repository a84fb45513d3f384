import { fixed } from './fixed.js';
import { none } from './none.js';
import { progressive } from './progressive.js';

/** The slashing rules that scenarios can name. */
export const slashingRules = [progressive, fixed, none] as const;
