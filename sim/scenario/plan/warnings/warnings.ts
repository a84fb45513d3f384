import type { Fault, Warning } from '../../text/faults.js';
import type { Source } from '../../text/source.js';
import type { PlannedComparison } from '../compared.js';
import { tellDeclared } from '../fleet/declared-warnings.js';
import { tellPurses } from '../fleet/purse-warnings.js';
import { tellResourceTokens } from '../fleet/resource-token-warnings.js';
import type { ChangedScenario } from '../governance/changes.js';
import { tellVotes } from '../governance/vote-warnings.js';
import { lacksRecords } from '../planned-scenario.js';
import { tellAnswers } from './answers.js';
import { tellChanges } from './changes.js';
import { tellDemand } from './demand.js';
import { tellExpectations } from './expectations.js';
import { tellFleet } from './fleet.js';
import { tellGates } from './gates.js';
import { tellMechanisms } from './mechanisms.js';
import { tellReporters } from './reporters.js';
import { Teller } from './teller.js';
import { tellSampling, tellTimes } from './times.js';
import { tellUncounted } from './uncounted.js';
import { tellUnfelt } from './unfelt.js';

/** What a checked scenario says in vain, in the order of the text; and what nothing at all can come of. */
export function judge(
  planned: PlannedComparison,
  source: Source,
  changed: readonly ChangedScenario[],
): { warnings: readonly Warning[]; faults: Fault[] } {
  const teller = new Teller(source);
  tellTimes(planned, teller);
  tellSampling(planned.scenario, teller);
  tellFleet(planned, teller);
  tellPurses(planned.scenario, teller);
  tellDemand(planned.scenario, teller);
  tellAnswers(planned.scenario, teller);
  tellMechanisms(planned, teller);
  tellReporters(planned, teller);
  tellResourceTokens(planned, teller);
  tellGates(planned, teller);
  tellChanges(planned, changed, teller);
  tellVotes(planned.scenario, teller);
  tellExpectations(planned, teller);
  // what isn't there has no times
  if (teller.faults.length === 0 && !lacksRecords(planned)) {
    tellDeclared(planned, teller);
    tellUncounted(planned, teller);
    tellUnfelt(planned, teller);
  }
  return { warnings: teller.warnings.toSorted(byPlace), faults: teller.faults };
}

function byPlace({ position: a }: Fault, { position: b }: Fault): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
