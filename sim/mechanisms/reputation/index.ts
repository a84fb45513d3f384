import { beta } from './beta.js';
import { ema } from './ema.js';
import { step } from './step.js';
import { windowComposite } from './window-composite.js';

/** The reputation models that scenarios can name. */
export const reputationModels = [step, ema, beta, windowComposite] as const;
