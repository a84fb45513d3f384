import { Fingerprint } from '../engine/fingerprint.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import { accountOf, type CohortAccount } from './economics.js';
import type { FinishedRun } from './metrics/metric.js';

/** Items that accounts have in some networks alone: where one is 0 nothing of it is folded. */
const optional: ReadonlySet<string> = new Set<keyof CohortAccount>(['attackCostsUsd', 'chargesUsd', 'claimsUsd']);

/**
 * 16 hex digits over a fixed list of final columns (scores, stakes, balances, work; row by row, column by column) and
 * over each cohort's account.
 */
export function finalFingerprint(run: FinishedRun): string {
  const { world } = run;
  const { nodes, bondLedger, ledger, machines } = world;
  const fingerprint = new Fingerprint();
  const columns = [nodes.score, nodes.publishedScore, nodes.stake, ledger.unbonding].map((column) =>
    column.subarray(0, nodes.count),
  );
  // empty where none are kept
  for (const column of [nodes.classScore, nodes.publishedClassScore]) {
    columns.push(column.subarray(0, nodes.count * nodes.classCount));
  }
  const firstPurse = world.purseAccounts[0]!;
  const accounts = [ledger.balance.subarray(0, firstPurse), ledger.paid, ...ledger.due];
  for (const column of [...columns, ...accounts]) for (const value of column) fingerprint.addFloat(value);
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    fingerprint.addFloat(machines.busySeconds[machine]!);
    fingerprint.addFloat(machines.upSeconds[machine]!);
  }
  for (const value of [ledger.escrow, ledger.bonds, ledger.treasury, ledger.insurance, ledger.burned, ledger.minted]) {
    fingerprint.addFloat(value);
  }
  for (const amount of ledger.balance.subarray(firstPurse)) if (amount > 0) fingerprint.addFloat(amount);
  if (ledger.loans !== null) for (const amount of ledger.loans.debt) fingerprint.addFloat(amount);
  if (bondLedger !== ledger) {
    const { balance, paid, due, bonds, treasury, insurance, burned } = bondLedger;
    for (const column of [balance, paid, ...due]) for (const value of column) fingerprint.addFloat(value);
    for (const value of [bonds, treasury, insurance, burned]) fingerprint.addFloat(value);
  }
  for (const { index } of world.cohorts) {
    for (const [name, amount] of Object.entries(accountOf(run, index))) {
      if (amount !== 0 || !optional.has(name)) fingerprint.addFloat(amount);
    }
  }
  return fingerprint.toString();
}
