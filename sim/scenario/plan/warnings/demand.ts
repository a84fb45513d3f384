import { smallest } from '../../../kernels/extent.js';
import { deadlineSeconds } from '../../../model/columns/job-class.js';
import { toDuration } from '../../../model/contract/settings.js';
import { roundTokens, secondsPerHour } from '../../../model/contract/units.js';
import { feeRange } from '../../../model/outside/demand/amounts.js';
import { catalogue } from '../../schema/catalogue.js';
import { protocolRoles } from '../../schema/registry.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { comeTooLate, meanArrivalRate } from '../arrivals.js';
import { type Machine, machinesFor } from '../lacking.js';
import { classNames } from '../lanes.js';
import { withClassDefaults } from '../workload-plan.js';
import type { Teller } from './teller.js';

/** Jobs that nobody can do, pay for or ask for. */
export function tellDemand(scenario: Scenario, teller: Teller): void {
  const classes = new Set(classNames(scenario));
  for (const [name, workload] of Object.entries(scenario.workload)) {
    const own = ['workload', name];
    const entry = withClassDefaults(workload);
    classes.delete(entry.class);
    const { lacking, machines } = machinesFor(scenario, entry.class);
    if (lacking !== undefined) {
      const expected = `a class that some cohort’s machines can do (this one needs ${lacking})`;
      teller.warn([...own, 'class'], expected, 'so that none of its jobs is ever done', entry.class);
    } else if (!machines.some((machine) => isInTime(entry, fastest(machine)))) {
      const expected = 'a deadline that the fastest machine meets for more than one job in twenty';
      teller.warn([...own, 'deadline'], expected, 'so that hardly any of its jobs is ever done');
    }
    const shortest = smallest(machines.map((machine) => soonestSeconds(entry, fastest(machine))));
    // a run shorter than an hour can't be meant to see a class's usual work
    const isMeant = entry.work === workload.work || scenario.horizon >= secondsPerHour;
    if (isMeant && machines.length > 0 && shortest > scenario.horizon) {
      const expected = `work that the fastest machine ends by the horizon, ${toDuration(scenario.horizon)}`;
      const found = `${toDuration(Math.ceil(shortest))} for its shorter jobs`;
      teller.warn([...own, 'work'], expected, 'so that hardly any of its jobs is ever done', found);
    }
    if (entry.arrivals.diurnal === 0 && teller.written([...own, 'arrivals', 'peakAt']) !== undefined) {
      teller.warn(
        [...own, 'arrivals', 'peakAt'],
        'a diurnal above 0 beside it',
        'so that there is no wave with a peak',
      );
    }
    if (meanArrivalRate(entry.arrivals, scenario) === 0) {
      teller.warn([...own, 'arrivals'], 'a rate above 0', 'so that no job ever arrives');
    } else if (comeTooLate(entry.arrivals, scenario)) {
      const expected = `a first one before the horizon, ${toDuration(scenario.horizon)}`;
      teller.warn([...own, 'arrivals'], expected, 'so that no job ever arrives');
    }
    const [leastFee] = feeRange({ feeFactor: null, ...entry });
    if (leastFee > scenario.money.clientBudget) {
      const expected = `a fee of at most money.clientBudget, ${scenario.money.clientBudget} tokens`;
      teller.warn(
        [...own, 'fee'],
        expected,
        'so that no job is ever paid for, nor done',
        String(roundTokens(leastFee)),
      );
    }
    tellFactors(own, entry, teller);
    tellElasticity(scenario, own, entry, teller);
    const hasAttackers = Object.values(scenario.fleet).some((cohort) => scenario.registry.isAttackers(cohort));
    if (entry.valueAtRisk > 0 && !hasAttackers && !isValueRead(scenario)) {
      const expected = 'a cohort of attackers, who would steal it';
      teller.warn([...own, 'valueAtRisk'], expected, 'so that nobody ever does', String(entry.valueAtRisk));
    }
    for (const [surge, { factor }] of Object.entries(entry.arrivals.surges)) {
      if (factor !== 1) continue;
      teller.warn([...own, 'arrivals', 'surges', surge, 'factor'], 'another factor than 1', 'so that nothing changes');
    }
  }
  // what is left are the classes of the protocol's own jobs
  for (const name of classes) {
    const { lacking } = machinesFor(scenario, name);
    if (lacking === undefined) continue;
    const expected = `machines that can do jobs of the class ${name} (which needs ${lacking})`;
    teller.warn(['protocol', 'verification'], expected, 'so that none of them is ever done', 'none');
  }
}

/** Factors of what is nothing, or the same for all. */
function tellFactors(
  own: readonly string[],
  { fee, feeFactor, valueAtRisk, valueFactor, valueFollowsFee }: ClassedWorkload,
  teller: Teller,
): void {
  const hasNoValue = 'so that there is nothing to multiply';
  if (feeFactor !== undefined && fee === 0) teller.warn([...own, 'feeFactor'], 'a fee above 0', hasNoValue);
  if (valueFactor !== undefined && valueAtRisk === 0) {
    teller.warn([...own, 'valueFactor'], 'a valueAtRisk above 0 beside it', hasNoValue);
  }
  if (!valueFollowsFee) return;
  const expected = valueAtRisk === 0 ? 'a valueAtRisk above 0 beside it' : 'a feeFactor beside it';
  if (valueAtRisk === 0 || feeFactor === undefined) teller.warn([...own, 'valueFollowsFee'], expected, hasNoValue);
}

/** Demand that can't react to the price, or to one that never changes. */
function tellElasticity(
  { money }: Scenario,
  own: readonly string[],
  { arrivals, elasticity, fee }: ClassedWorkload,
  teller: Teller,
): void {
  if (elasticity === 'none') return;
  const path = [...own, 'elasticity'];
  if (arrivals.every !== undefined || arrivals.at !== undefined) {
    teller.refuse(path, 'none beside every or at', 'as the price thins arrivals that come at random');
  }
  if (elasticity.reference !== undefined) return;
  if (fee * money.tokenPrice === 0) {
    const expected = 'a reference beside it, or a fee and a money.tokenPrice above 0';
    teller.refuse(path, expected, 'as a price of 0 can’t be compared with');
  }
  const { crashes, drift, steps, volatility } = money.tokenPath;
  const isStill = volatility === 0 && drift === 0 && steps.length + crashes.length === 0;
  if (elasticity.price === 'fee' && isStill) {
    const expected = 'a money.tokenPath that moves, a reference beside it, or price: paid';
    teller.warn(path, expected, 'so that the price never changes');
  }
}

type ClassedWorkload = ReturnType<typeof withClassDefaults>;

/** So many parts of the work are looked at, from the least to the most; in time in fewer of them is hardly ever. */
const [parts, fewParts] = [200, 10];

/** True if more than a few of the jobs can be done before their deadline at this throughput, asked at once. */
function isInTime({ class: className, deadline, work }: ClassedWorkload, throughput: number): boolean {
  if (deadline === 'none') return true;
  const { startUp } = catalogue().jobClasses[className]!;
  const limits = { times: deadline.times, atLeastSeconds: deadline.atLeast };
  let inTime = 0;
  for (let part = 0; part < parts; part++) {
    const seconds = work.quantile((part + 0.5) / parts);
    if (startUp + seconds / throughput <= deadlineSeconds(limits, seconds, throughput)) inTime++;
  }
  return inTime > fewParts;
}

/** Time from asking to the end for all but a few of the shortest jobs at this throughput [s]. */
function soonestSeconds({ class: className, work }: ClassedWorkload, throughput: number): number {
  return catalogue().jobClasses[className]!.startUp + work.quantile(fewParts / parts) / throughput;
}

/** Highest throughput, but for one machine in a thousand, of those like it. */
function fastest({ hardware, throughput }: Machine): number {
  return throughput?.quantile(0.999) ?? hardware.throughput;
}

/** Whether a mechanism goes by what is at risk in a job. */
function isValueRead({ protocol, registry }: Scenario): boolean {
  return protocolRoles.some((role) =>
    registry.allOf(role, protocol[role]).some(({ kind }) => registry.entry(role, kind).readsValueAtRisk === true),
  );
}
