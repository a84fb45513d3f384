import { describe, expect, it } from 'vitest';
import { Delegations } from '../../../sim/model/money/delegations.js';
import { Ledger } from '../../../sim/model/money/ledger.js';

const burnAll = { burn: 1, challenger: 0, treasury: 0, insurance: 0 };

describe('a pool of delegated stake', () => {
  it('gives each a share a token until it is slashed, and then more for each', () => {
    const pool = new Delegations(new Float64Array(2));
    expect([pool.add(0, 7, 100), pool.add(0, 8, 300)]).toEqual([100, 300]);
    expect(pool.take(0, 0.25)).toBe(100);
    expect(pool.add(0, 9, 300)).toBe(400);
    expect([pool.tokens[0], pool.shares[0], pool.tokens[1]]).toEqual([600, 800, 0]);
    expect(pool.holders(0)).toEqual([7, 8, 9]);
  });

  it('takes a slash from all in proportion, and nothing of it from who comes later', () => {
    const pool = new Delegations(new Float64Array(1));
    pool.add(0, 7, 100);
    pool.add(0, 8, 300);
    pool.take(0, 0.5);
    const late = pool.add(0, 9, 100);
    expect([pool.remove(0, 7, 100), pool.remove(0, 8, 300), pool.remove(0, 9, late)]).toEqual([50, 150, 100]);
    expect([pool.tokens[0], pool.shares[0], pool.holders(0)]).toEqual([0, 0, []]);
  });

  it('that is held sells none of it to who comes meanwhile', () => {
    const ledger = new Ledger('token', 12, new Float64Array(1), new Float64Array(1));
    for (const account of [7, 8, 9]) ledger.endow(account, 1_000);
    expect(ledger.delegate(7, 0, 500)).toBe(500);
    const whole = ledger.holdSlash(0, 1);
    // a pool of 0 now and of 500 again, if the slash is overturned: a token buys its part of that
    expect(ledger.delegate(8, 0, 1)).toBe(1);
    ledger.settleHeld(whole, false, burnAll);
    expect([ledger.undelegate(8, 0, 1), ledger.undelegate(7, 0, 500)]).toEqual([1, 500]);
    expect(ledger.delegate(7, 0, 400)).toBe(400);
    const half = ledger.holdSlash(0, 0.5);
    expect(ledger.delegate(9, 0, 100)).toBe(100);
    ledger.settleHeld(half, true, burnAll);
    // upheld, it costs who came in between a part of it, too: he had bought in at what it was worth with it
    expect(ledger.undelegate(9, 0, 100)).toBe(60);
    expect(ledger.residue()).toBe(0);
  });

  it('floors what shares are worth, and leaves the rest to who goes last', () => {
    const pool = new Delegations(new Float64Array(1));
    pool.add(0, 7, 10);
    pool.add(0, 8, 10);
    pool.take(0, 0.25);
    expect([pool.remove(0, 7, 5), pool.remove(0, 7, 5), pool.remove(0, 8, 10)]).toEqual([3, 4, 8]);
  });

  it('that was slashed whole begins anew: what was there is worth nothing', () => {
    const pool = new Delegations(new Float64Array(1));
    pool.add(0, 7, 100);
    expect(pool.take(0, 1)).toBe(100);
    expect(pool.add(0, 8, 40)).toBe(40);
    expect([pool.sharesOf(0, 7), pool.remove(0, 8, 40)]).toEqual([0, 40]);
  });

  it('tells what slashes took of a token that was there from the beginning, whoever comes and goes', () => {
    const ledger = new Ledger('token', 12, new Float64Array(1), new Float64Array(1));
    for (const account of [7, 8]) ledger.endow(account, 10_000);
    const { delegations } = ledger;
    ledger.delegate(7, 0, 1_000);
    ledger.slash(0, 0.2, burnAll);
    expect(delegations.lostFraction(0)).toBeCloseTo(0.2, 12);
    ledger.delegate(8, 0, 400);
    const held = ledger.holdSlash(0, 0.5);
    expect(delegations.lostFraction(0)).toBeCloseTo(0.2, 12);
    ledger.settleHeld(held, true, burnAll);
    expect(delegations.lostFraction(0)).toBeCloseTo(0.6, 12);
    for (const account of [7, 8]) ledger.undelegate(account, 0, delegations.sharesOf(0, account));
    expect([delegations.shares[0], delegations.lostFraction(0)]).toEqual([0, 0.6]);
  });

  it('splits pay by shares, cut by cumulative floor, so that all of it is paid', () => {
    const pool = new Delegations(new Float64Array(1));
    for (const account of [7, 8, 9]) pool.add(0, account, 1);
    const parts: [number, number][] = [];
    pool.split(0, 10, (account, part) => parts.push([account, part]));
    expect(parts).toEqual([
      [7, 3],
      [8, 3],
      [9, 4],
    ]);
  });

  it('refuses more shares than somebody has', () => {
    const pool = new Delegations(new Float64Array(1));
    pool.add(0, 7, 100);
    expect(() => pool.remove(0, 7, 101)).toThrow('shares of a delegation: expected a whole amount from 0 to 100');
    expect(() => pool.remove(0, 8, 1)).toThrow('shares of a delegation: expected a whole amount from 0 to 0');
  });
});

describe('a ledger with delegated stake', () => {
  /** Node 0 has 100 of operator 0 and 300 of account 1, node 1 nothing. */
  function createLedger(): Ledger {
    const ledger = new Ledger('token', 2, new Float64Array(2), new Float64Array(2));
    ledger.endow(0, 1_000);
    ledger.endow(1, 1_000);
    ledger.lockStake(0, 0, 100);
    ledger.delegate(1, 0, 300);
    return ledger;
  }

  it('slashes own and delegated stake by one fraction, and tells what the node’s own lost', () => {
    const ledger = createLedger();
    expect(ledger.slash(0, 0.1, burnAll)).toBe(10);
    expect([ledger.stake[0], ledger.delegations.tokens[0], ledger.delegations.lost[0]]).toEqual([90, 270, 30]);
    expect([ledger.burned, ledger.slashed, ledger.residue()]).toEqual([40, 40, 0]);
    // an amount is the node's own to lose
    expect(ledger.slash(0, 0, burnAll, 50)).toBe(50);
    expect([ledger.stake[0], ledger.delegations.tokens[0]]).toEqual([40, 270]);
  });

  it('holds both while a case is open, and gives both back; theirs to the treasury once they are gone', () => {
    const ledger = createLedger();
    const [first, second] = [ledger.holdSlash(0, 0.1), ledger.holdSlash(0, 0.1)];
    expect([ledger.held, ledger.heldOf[0], ledger.delegations.tokens[0]]).toEqual([10 + 30 + 9 + 27, 19, 243]);
    expect(ledger.settleHeld(first, false, burnAll)).toBe(0);
    expect([ledger.stake[0], ledger.delegations.tokens[0]]).toEqual([91, 273]);
    expect(ledger.undelegate(1, 0, 300)).toBe(273);
    ledger.settleHeld(second, false, burnAll);
    expect([ledger.treasury, ledger.held, ledger.residue()]).toEqual([27, 0, 0]);
  });

  it('pays delegators their part of what a node earns, in proportion to all stake behind it', () => {
    const ledger = createLedger();
    ledger.delegatorShare = 0.5;
    ledger.escrowFee(0, 100);
    ledger.accrue(0, 80, 0);
    // half of it is split by stake, of which three quarters are theirs
    expect(ledger.earned(0)).toBe(50);
    ledger.payOut(Int32Array.of(0, 0));
    expect([ledger.balance[0], ledger.balance[1], ledger.paid[0]]).toEqual([800 + 50, 700 + 30, 50]);
    expect([ledger.earned(0), ledger.delegations.paid[0], ledger.residue()]).toEqual([50, 30, 0]);
    ledger.mint(0, 0, 8);
    expect([ledger.paid[0], ledger.delegations.paid[0]]).toEqual([55, 33]);
    ledger.mint(0, 1, 8);
    expect(ledger.paid[1]).toBe(8);
  });
});
