import { feeSplit } from './fee-split.js';

/** The reward rules that scenarios can name. */
export const rewardRules = [feeSplit] as const;
