import type { Distribution } from '../../engine/distributions.js';
import { catalogue, type HardwareEntry } from '../schema/catalogue.js';
import type { Scenario } from '../schema/scenario-schema.js';

/** A kind of machine, which the demands of a job class are held against. */
export interface Machine {
  readonly hardware: HardwareEntry;
  /** Probability that a node on it has one. */
  readonly publicAddress: number;
  /** Throughput [reference cards], where the hardware's own doesn't hold. */
  readonly throughput?: Distribution | undefined;
}

interface FitMachines {
  readonly machines: readonly Machine[];
  /** What none has and jobs of the class need, in words; undefined if some machine can do them. */
  readonly lacking: string | undefined;
}

/** The machines of the fleet that can do jobs of the class. */
export function machinesFor(scenario: Scenario, className: string): FitMachines {
  const all = Object.values(scenario.fleet).flatMap(({ hardware, publicAddress, throughput }) =>
    Object.entries(hardware)
      .filter(([, share]) => share > 0)
      .map(([name]) => ({ hardware: catalogue().hardware[name]!, publicAddress, throughput })),
  );
  return fitOf(all, className);
}

/**
 * What a node of the cohort lacks for jobs of the class, by the label of its hardware; undefined if nothing. A public
 * address that some of the cohort have isn't told of: who has one isn't known here.
 */
export function lackingOfNode(
  { fleet }: Scenario,
  cohort: string,
  label: string,
  className: string,
): string | undefined {
  const { publicAddress } = fleet[cohort]!;
  const hardware = Object.values(catalogue().hardware).find((entry) => entry.label === label);
  if (hardware === undefined) throw new Error(`expected the label of a hardware class, found ${label}`);
  return fitOf([{ hardware, publicAddress }], className).lacking;
}

function fitOf(machines: readonly Machine[], className: string): FitMachines {
  const needs = catalogue().jobClasses[className]!;
  const lacking: string[] = [];
  let left = machines;
  const keep = (words: string, isFit: (machine: Machine) => boolean) => {
    const fit = left.filter(isFit);
    if (fit.length === 0) lacking.push(words);
    else left = fit;
  };
  if (needs.needsGpu) keep('a GPU', ({ hardware }) => hardware.type === 'gpu');
  keep(`${needs.memoryGiB} GiB of memory`, ({ hardware }) => hardware.memoryGiB >= needs.memoryGiB);
  if (needs.needsPublicAddress) keep('a public address', ({ publicAddress }) => publicAddress > 0);
  return lacking.length === 0
    ? { machines: left, lacking: undefined }
    : { machines: [], lacking: lacking.join(' and ') };
}
