import { Fingerprint } from '../engine/fingerprint.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import { accountOf } from './economics.js';
import type { FinishedRun } from './metrics/metric.js';

/**
 * 16 hex digits over a fixed list of final columns (scores, stakes, balances, work; row by row, column by column) and
 * over each cohort's account.
 */
export function finalFingerprint(run: FinishedRun): string {
  const { world } = run;
  const { nodes, ledger, machines } = world;
  const fingerprint = new Fingerprint();
  const columns = [nodes.score, nodes.publishedScore, nodes.stake, ledger.unbonding].map((column) =>
    column.subarray(0, nodes.count),
  );
  const accounts = [ledger.balance, ledger.paid, ...ledger.due];
  for (const column of [...columns, ...accounts]) for (const value of column) fingerprint.addFloat(value);
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    fingerprint.addFloat(machines.busySeconds[machine]!);
    fingerprint.addFloat(machines.upSeconds[machine]!);
  }
  for (const value of [ledger.escrow, ledger.bonds, ledger.treasury, ledger.insurance, ledger.burned, ledger.minted]) {
    fingerprint.addFloat(value);
  }
  for (const { index } of world.cohorts) {
    // the profit has them in it
    const { attackCostsUsd: _, ...amounts } = accountOf(run, index);
    for (const amount of Object.values(amounts)) fingerprint.addFloat(amount);
  }
  return fingerprint.toString();
}
