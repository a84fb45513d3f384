import { beta } from './beta.js';
import { betaAudit } from './beta-audit.js';
import { eigentrust } from './eigentrust.js';
import { ema } from './ema.js';
import { oracleComposite } from './oracle-composite.js';
import { step } from './step.js';
import { trustguard } from './trustguard.js';
import { windowComposite } from './window-composite.js';

/** The reputation models that scenarios can name. */
export const reputationModels = [
  step,
  ema,
  beta,
  betaAudit,
  trustguard,
  eigentrust,
  windowComposite,
  oracleComposite,
] as const;
