import { z } from 'zod';
import * as mathematics from '../../engine/math.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { NONE, NodeState } from '../../model/columns/nodes.js';
import { PanelRole } from '../../model/columns/panels.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import {
  defineAssignmentPolicy,
  defineReputationModel,
  defineRewardRule,
  defineSlashingRule,
  defineStrategy,
  defineVerificationScheme,
} from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import { EvidenceKind, EvidenceRole, EvidenceSource } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { Attestation, NextStep } from '../../model/contract/roles.js';
import * as settings from '../../model/contract/settings.js';
import { toMicroTokens } from '../../model/contract/units.js';
import { type OwnMetric, type Registered, Registry } from '../schema/registry.js';

/**
 * What a plugin is handed, so that it need import nothing: names of the contract, blocks of settings that know
 * durations and tokens, what is common to many mechanisms, the package's own kinds to build on, and mathematics that
 * gives the same bits everywhere.
 */
export const toolbox = {
  z,
  settings: {
    choice: settings.choice,
    count: settings.count,
    distribution: settings.distribution,
    duration: settings.duration,
    flag: settings.flag,
    fraction: settings.fraction,
    probability: settings.probability,
    quantity: settings.quantity,
    text: settings.text,
    tokens: settings.tokens,
  },
  math: { exp: mathematics.exp, expm1: mathematics.expm1, log: mathematics.log, pow: mathematics.pow },
  AttemptKind,
  AttemptState,
  Attestation,
  EvidenceKind,
  EvidenceRole,
  EvidenceSource,
  NextStep,
  NodeState,
  NONE,
  PanelRole,
  // give back what they are given; editors know the settings' types by them
  defineAssignmentPolicy,
  defineMetric: <M extends OwnMetric>(metric: M): M => metric,
  defineReputationModel,
  defineRewardRule,
  defineSlashingRule,
  defineStrategy,
  defineVerificationScheme,
  drawnByWeight,
  oneAtATime,
  oneEach,
  toMicroTokens,
  /** A kind of the package, by the setting that names it. */
  builtIn: <Role extends keyof Registered>(role: Role, kind: string): Registered[Role][number] =>
    Registry.builtIn().entry(role, kind),
} as const;

export type Toolbox = typeof toolbox;
