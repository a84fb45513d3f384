import { beta } from './beta.js';
import { betaAudit } from './beta-audit.js';
import { bondingCurve } from './bonding-curve.js';
import { consensusWeights } from './consensus-weights.js';
import { credibility } from './credibility.js';
import { eigentrust } from './eigentrust.js';
import { ema } from './ema.js';
import { liquidRank } from './liquid-rank.js';
import { oracleComposite } from './oracle-composite.js';
import { peertrust } from './peertrust.js';
import { stakeCompute } from './stake-compute.js';
import { step } from './step.js';
import { subjectiveLogic } from './subjective-logic.js';
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
  peertrust,
  subjectiveLogic,
  liquidRank,
  consensusWeights,
  credibility,
  windowComposite,
  oracleComposite,
  stakeCompute,
  bondingCurve,
] as const;
