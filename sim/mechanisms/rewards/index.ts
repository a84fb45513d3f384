import { byClassOver } from './by-class.js';
import { feeSplit } from './fee-split.js';

const rules = [feeSplit] as const;

/** The reward rules that scenarios can name. */
export const rewardRules = [...rules, byClassOver(rules)] as const;
