/** What the network is told of a machine, or what is true of it. */
export interface Look {
  /** Name of its class in the catalogue. */
  readonly hardware: string;
  /** An index of the network's regions. */
  readonly region: number;
  /** Relative to the reference card. */
  readonly throughput: number;
  /** Jobs at a time. */
  readonly slots: number;
}

/** What can be declared: classes of hardware by their names in the catalogue, and the network's regions in order. */
export interface Declarable {
  readonly hardware: Readonly<Record<string, Pick<Look, 'throughput' | 'slots'>>>;
  readonly regions: readonly string[];
}

/**
 * Who stands behind a cohort's identities before the first event: machines, operators and identities, each counted from
 * 0 within the cohort. Every machine has an identity, and every operator a machine.
 *
 * What is optional is by the cohort's settings where it is absent.
 */
export interface CohortPlan {
  /** Identities that it declares or has room for as newcomers. */
  readonly identities: number;
  /** Identities that it can come to have, these included. */
  readonly identitiesMost: number;
  /** True machines. */
  readonly machines: number;
  /** True operators. */
  readonly operators: number;
  /** True if each identity claims an operator of its own. */
  readonly hidesOperator: boolean;
  machineOf(identity: number): number;
  operatorOf(machine: number): number;
  /** Stake that the identity locks as it enters [micro-tokens]. */
  stakeOf?(identity: number): number;
  /** What the operator has beyond its identities' first stakes and fees [micro-tokens]. */
  fundsOf?(operator: number): number;
  /** [s]; Infinity for one that never comes, or stays. */
  joinsAt?(identity: number): number;
  leavesAt?(identity: number): number;
  /** The identity by whose draw this one is reachable from anywhere, or isn't; absent: itself. */
  reachableAs?(identity: number): number;
  /**
   * What the identity declares; absent: what is true of its machine. Also asked of identities that enter later, which
   * are counted on from `identities`.
   *
   * @param machine where it really is
   * @param lookOf the look of any machine of the cohort, also of numbers that it hasn't got: what a stranger's is like
   * @param names what else there is to declare
   */
  declares?(identity: number, machine: number, lookOf: (machine: number) => Look, names: Declarable): Look;
}

/** Strangers with a machine and an operator each, who hide nothing. */
export function oneEach(identities: number): CohortPlan {
  return {
    identities,
    identitiesMost: identities,
    machines: identities,
    operators: identities,
    hidesOperator: false,
    machineOf: (identity) => identity,
    operatorOf: (machine) => machine,
  };
}

/** Whom the identities of a cohort belong to. */
interface Holding {
  readonly identitiesPerMachine: number;
  readonly machinesPerOperator: number;
}

/** Operators with so many machines each, and so many identities on each of these; the last ones may have fewer. */
export function heldBy({ identitiesPerMachine, machinesPerOperator }: Holding, identities: number): CohortPlan {
  const machines = Math.ceil(identities / identitiesPerMachine);
  return {
    identities,
    identitiesMost: identities,
    machines,
    operators: Math.ceil(machines / machinesPerOperator),
    hidesOperator: false,
    machineOf: (identity) => Math.floor(identity / identitiesPerMachine),
    operatorOf: (machine) => Math.floor(machine / machinesPerOperator),
    ...(identitiesPerMachine === 1 ? {} : { declares: sharingSlots(identitiesPerMachine) }),
  };
}

/** Each identity declares its part of its machine's slots, at least one. */
function sharingSlots(identitiesPerMachine: number): NonNullable<CohortPlan['declares']> {
  return (identity, machine, lookOf) => {
    const look = lookOf(machine);
    const place = identity % identitiesPerMachine;
    const until = (places: number) => Math.floor((look.slots * places) / identitiesPerMachine);
    return { ...look, slots: Math.max(1, until(place + 1) - until(place)) };
  };
}
