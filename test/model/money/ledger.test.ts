import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeldSlash, toTreasury } from '../../../sim/model/money/held-slash.js';
import { Ledger, supplyLimit } from '../../../sim/model/money/ledger.js';

const burnAll = { burn: 1, challenger: 0, treasury: 0, insurance: 0 };
const shared = { burn: 0.5, challenger: 0.25, treasury: 0.15, insurance: 0.1 };

/** A ledger with accounts 0 and 1 and the stakes of nodes 0 to 2. */
function createLedger(): Ledger {
  const ledger = new Ledger('token', 2, new Float64Array(3), new Float64Array(3));
  ledger.endow(0, 1_000);
  ledger.endow(1, 500);
  ledger.endowTreasury(200);
  return ledger;
}

function stocks(ledger: Ledger) {
  const { balance, stake, unbonding, held, paid, escrow, bonds, treasury, insurance, burned, minted } = ledger;
  const due = ledger.due.map((column) => [...column]);
  const columns = { balance: [...balance], stake: [...stake], unbonding: [...unbonding], paid: [...paid], due };
  return { ...columns, held, escrow, bonds, treasury, insurance, burned, minted };
}

/** What changed, by stock. */
function changes(ledger: Ledger, act: () => unknown): Record<string, unknown> {
  const before = stocks(ledger);
  act();
  expect(ledger.residue()).toBe(0);
  const after: Record<string, unknown> = stocks(ledger);
  return Object.fromEntries(
    Object.entries(before)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name]))
      .map(([name]) => [name, after[name]]),
  );
}

describe('each movement takes from one stock what it gives to another', () => {
  it('endowments make up the initial supply', () => {
    const ledger = createLedger();
    expect(ledger.initial).toBe(1_700);
    expect([...ledger.balance]).toEqual([1_000, 500]);
    expect(ledger.treasury).toBe(200);
    expect(ledger.residue()).toBe(0);
  });

  it('mint adds to the supply, to an account, and to what the node was paid', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => ledger.mint(1, 0, 7))).toEqual({ balance: [1_000, 507], minted: 7, paid: [7, 0, 0] });
  });

  it('escrowFee moves a balance into escrow', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => ledger.escrowFee(0, 300))).toEqual({ balance: [700, 500], escrow: 300 });
  });

  it('escrowFee of more than the balance is refused and moves nothing', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => expect(ledger.escrowFee(1, 501)).toBe(false))).toEqual({});
    expect(ledger.escrowFee(1, 500)).toBe(true);
  });

  it('payFromEscrow and escrowToTreasury empty the escrow', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    expect(changes(ledger, () => ledger.payFromEscrow(1, 100))).toEqual({ balance: [700, 600], escrow: 200 });
    expect(changes(ledger, () => ledger.escrowToTreasury(200))).toEqual({ treasury: 400, escrow: 0 });
  });

  it('escrowFromTreasury gives what the treasury can afford', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => expect(ledger.escrowFromTreasury(150)).toBe(150))).toEqual({
      treasury: 50,
      escrow: 150,
    });
    expect(changes(ledger, () => expect(ledger.escrowFromTreasury(150)).toBe(50))).toEqual({
      treasury: 0,
      escrow: 200,
    });
  });

  it('payTreasury moves a balance into the treasury', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => ledger.payTreasury(1, 40))).toEqual({ balance: [1_000, 460], treasury: 240 });
  });

  it('lockStake moves a balance into a node’s stake', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => ledger.lockStake(0, 2, 400))).toEqual({ balance: [600, 500], stake: [0, 0, 400] });
  });

  it('unbonding takes stake and gives it back to the account', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 2, 400);
    const started = changes(ledger, () => ledger.startUnbonding(2, 300, 60));
    expect(started).toEqual({ stake: [0, 0, 100], unbonding: [0, 0, 300] });
    const finished = changes(ledger, () => ledger.finishUnbonding(0, 2, 0));
    expect(finished).toEqual({ balance: [900, 500], unbonding: [0, 0, 0] });
  });

  it('a bond returns less its slashed share, floored', () => {
    const ledger = createLedger();
    expect(changes(ledger, () => ledger.lockBond(0, 101))).toEqual({ balance: [899, 500], bonds: 101 });
    let slashed = 0;
    const returned = changes(ledger, () => {
      slashed = ledger.returnBond(0, 101, 0.5, burnAll);
    });
    expect(slashed).toBe(50);
    expect(returned).toEqual({ balance: [950, 500], bonds: 0, burned: 50 });
    expect(ledger.slashed).toBe(50);
  });
});

describe('pay for nodes', () => {
  it('accrues from escrow and reaches the operator at the end of the epoch it is due', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    ledger.accrue(2, 100, 0);
    ledger.accrue(2, 50, 2);
    ledger.accrue(0, 10, 1);
    expect([ledger.escrow, ledger.earned(2), ledger.earned(0)]).toEqual([140, 150, 10]);
    const operatorOf = Int32Array.of(0, 0, 1);
    ledger.payOut(operatorOf);
    expect([...ledger.balance]).toEqual([700, 600]);
    ledger.payOut(operatorOf);
    expect([...ledger.balance]).toEqual([710, 600]);
    ledger.payOut(operatorOf);
    expect([...ledger.balance]).toEqual([710, 650]);
    expect([...ledger.paid]).toEqual([10, 0, 150]);
    expect([ledger.earned(2), ledger.earned(0)]).toEqual([150, 10]);
    expect(ledger.residue()).toBe(0);
  });

  it('accrued after a payout waits for the next one', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    ledger.payOut(Int32Array.of(0, 0, 1));
    ledger.accrue(1, 25, 0);
    expect(ledger.balance[0]).toBe(700);
    ledger.payOut(Int32Array.of(0, 0, 1));
    expect(ledger.balance[0]).toBe(725);
  });
});

describe('slash', () => {
  it('takes the same share of staked and of unbonding tokens, each floored', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 1, 101);
    ledger.startUnbonding(1, 50, 60);
    expect(ledger.slash(1, 0.5, burnAll)).toBe(25 + 25);
    expect([ledger.stake[1], ledger.unbonding[1], ledger.burned, ledger.slashed]).toEqual([26, 25, 50, 50]);
  });

  it('multiple slashes multiply: 5 % then 1 % leave 0.95 · 0.99', () => {
    const ledger = new Ledger('token', 1, new Float64Array(1), new Float64Array(1));
    ledger.endow(0, 100_000_000);
    ledger.lockStake(0, 0, 100_000_000);
    ledger.slash(0, 0.05, burnAll);
    ledger.slash(0, 0.01, burnAll);
    expect(ledger.stake[0]).toBe(94_050_000);
  });

  it('splits by cumulative floor, the remainder to the treasury', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 0, 999);
    expect(ledger.slash(0, 1, shared)).toBe(999);
    // floor(499.5), then up to floor(749.25), then up to floor(849.15)
    const { burned, insurance, treasury, balance } = ledger;
    expect([burned, insurance, treasury]).toEqual([499, 100, 200 + 250 + 150]);
    // nobody challenges, so nobody else has the challenger's share
    expect(balance[1]).toBe(500);
  });

  it('never makes or loses a token, whatever the shares and fractions', () => {
    const cut = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), cut, cut, (amount, [first, second], [fraction, burn]) => {
        const ledger = createLedger();
        ledger.lockStake(0, 0, amount);
        ledger.startUnbonding(0, Math.floor(amount * second), 60);
        const rest = 1 - burn;
        const destination = { burn, challenger: rest * first, treasury: 0, insurance: rest * (1 - first) };
        const slashed = ledger.slash(0, fraction, destination);
        expect(ledger.residue()).toBe(0);
        expect(ledger.stake[0]! + ledger.unbonding[0]!).toBe(amount - slashed);
        expect(Math.min(ledger.burned, ledger.insurance, ledger.treasury - 200)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1 },
    );
  });
});

describe('unbonding', () => {
  it('has a row for each time, which return apart', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 1, 100);
    expect([ledger.startUnbonding(1, 30, 60), ledger.startUnbonding(1, 20, 90)]).toEqual([0, 1]);
    expect([ledger.stake[1], ledger.unbonding[1]]).toEqual([50, 50]);
    expect(ledger.finishUnbonding(0, 1, 1)).toBe(20);
    expect(ledger.startUnbonding(1, 5, 120)).toBe(2);
    expect([ledger.finishUnbonding(0, 1, 0), ledger.finishUnbonding(0, 1, 2)]).toEqual([30, 5]);
    expect([ledger.balance[0], ledger.unbonding[1]]).toEqual([955, 0]);
    expect(() => ledger.finishUnbonding(0, 1, 1)).toThrow('expected a row 1 of node 1, found none');
  });

  it('is reached row by row by a share, each floored, and by an amount from the oldest on', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 1, 100);
    ledger.startUnbonding(1, 33, 60);
    ledger.startUnbonding(1, 33, 90);
    expect(ledger.slash(1, 0.5, burnAll)).toBe(17 + 16 + 16);
    // 17 of the stake, 17 of the first row, then 3 of the second
    expect(ledger.slash(1, 0, burnAll, 37)).toBe(37);
    expect([ledger.stake[1], ledger.finishUnbonding(0, 1, 0), ledger.finishUnbonding(0, 1, 1)]).toEqual([0, 0, 14]);
    expect(ledger.residue()).toBe(0);
  });
});

describe('a held slash', () => {
  it('is out of the stake and nobody else’s until it is settled', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 1, 100);
    ledger.startUnbonding(1, 40, 90);
    let held = ledger.holdSlash(1, 0);
    const holding = changes(ledger, () => {
      held = ledger.holdSlash(1, 0.5, 5);
    });
    expect(holding).toEqual({ stake: [0, 25, 0], unbonding: [0, 20, 0], held: 55 });
    expect(held).toEqual({
      node: 1,
      fromStake: 35,
      fromUnbonding: 20,
      fromDelegated: 0,
      fromPay: 0,
      unbondingUntil: 90,
    });
    const upheld = changes(ledger, () => ledger.settleHeld(held, true, burnAll));
    expect(upheld).toEqual({ held: 0, burned: 55 });
    expect(ledger.slashed).toBe(55);
  });

  it('is the node’s stake again when it is overturned', () => {
    const ledger = createLedger();
    ledger.lockStake(0, 1, 100);
    const held = ledger.holdSlash(1, 1);
    expect(ledger.stake[1]).toBe(0);
    expect(changes(ledger, () => ledger.settleHeld(held, false, burnAll))).toEqual({ held: 0, stake: [0, 100, 0] });
    expect(ledger.slashed).toBe(0);
    expect(() => ledger.settleHeld(held, true, burnAll)).toThrow('held slash: expected a whole amount from 0 to 0');
  });
});

describe('clawBack', () => {
  it('takes what is still due, the latest first, for a client or the treasury', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    ledger.accrue(2, 100, 0);
    ledger.accrue(2, 50, 2);
    expect(changes(ledger, () => expect(ledger.clawBack(2, 70, { account: 1, most: 1_000 })).toBe(70))).toEqual({
      balance: [700, 570],
      due: [
        [0, 0, 80],
        [0, 0, 0],
        [0, 0, 0],
      ],
    });
    expect(changes(ledger, () => expect(ledger.clawBack(2, 100, toTreasury)).toBe(80))).toEqual({
      due: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
      treasury: 280,
    });
    expect(ledger.clawedBack).toBe(150);
  });

  it('gives the client what it paid at most, and the treasury the rest', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    ledger.accrue(2, 100, 1);
    const taken = changes(ledger, () => expect(ledger.clawBack(2, 90, { account: 0, most: 60 })).toBe(90));
    expect(taken).toMatchObject({ balance: [760, 500], treasury: 230 });
    expect([ledger.dueOf(2), ledger.residue()]).toEqual([10, 0]);
  });

  it('can be held: due again at the next payout if the case is lost, else where a refund goes', () => {
    const ledger = createLedger();
    ledger.escrowFee(0, 300);
    ledger.accrue(1, 100, 2);
    const held = ledger.holdSlash(1, 0, 0, 80);
    expect([held.fromPay, ledger.held, ledger.dueOf(1), ledger.earned(1)]).toEqual([80, 80, 20, 20]);
    ledger.settleHeld(held, false, burnAll);
    expect([ledger.held, ledger.due[0]![1], ledger.dueOf(1), ledger.clawedBack]).toEqual([0, 80, 100, 0]);
    const again = ledger.holdSlash(1, 0, 0, 80);
    ledger.settleHeld(again, true, burnAll, -1, { account: 1, most: 50 });
    expect([ledger.held, ledger.dueOf(1), ledger.balance[1], ledger.treasury]).toEqual([0, 20, 550, 230]);
    expect([ledger.clawedBack, ledger.slashed, ledger.residue()]).toEqual([80, 0, 0]);
  });
});

describe('any sequence of movements', () => {
  it('neither makes nor loses a token, and no stock is ever negative', () => {
    const node = fc.nat(2);
    const amount = fc.nat(400);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const operatorOf = Int32Array.of(0, 1, 1);
    type Act = (ledger: Ledger, rows: [number, number][], cases: HeldSlash[]) => void;
    const acts: fc.Arbitrary<Act> = fc.oneof(
      fc.tuple(node, amount).map(
        ([of, most]): Act =>
          (ledger) => {
            ledger.lockStake(operatorOf[of]!, of, Math.min(most, ledger.balance[operatorOf[of]!]!));
          },
      ),
      fc.tuple(node, amount).map(
        ([of, most]): Act =>
          (ledger, rows) => {
            rows.push([of, ledger.startUnbonding(of, Math.min(most, ledger.stake[of]!), 60)]);
          },
      ),
      fc.constant<Act>((ledger, rows) => {
        const row = rows.shift();
        if (row !== undefined) ledger.finishUnbonding(operatorOf[row[0]]!, ...row);
      }),
      fc.tuple(node, share, amount).map(
        ([of, fraction, more]): Act =>
          (ledger) => {
            ledger.slash(of, fraction, shared, more);
          },
      ),
      fc.tuple(node, share, amount).map(
        ([of, fraction, more]): Act =>
          (ledger, _rows, cases) => {
            cases.push(ledger.holdSlash(of, fraction, more, more % 50));
          },
      ),
      fc.boolean().map(
        (isUpheld): Act =>
          (ledger, _rows, cases) => {
            const held = cases.shift();
            if (held !== undefined) ledger.settleHeld(held, isUpheld, shared);
          },
      ),
      fc.tuple(node, amount, fc.nat(3)).map(
        ([of, most, later]): Act =>
          (ledger) => {
            const fee = Math.min(most, ledger.balance[0]!);
            ledger.escrowFee(0, fee);
            ledger.accrue(of, fee, later);
          },
      ),
      fc.tuple(node, amount, fc.constantFrom(-1, 0, 1)).map(
        ([of, most, to]): Act =>
          (ledger) => {
            ledger.clawBack(of, most, { account: to, most: 30 });
          },
      ),
      fc.constant<Act>((ledger) => ledger.payOut(operatorOf)),
      fc.tuple(node, amount, fc.nat(1)).map(
        ([of, most, account]): Act =>
          (ledger) => {
            ledger.delegate(account, of, Math.min(most, ledger.balance[account]!));
          },
      ),
      fc.tuple(node, share, fc.nat(1)).map(
        ([of, part, account]): Act =>
          (ledger) => {
            ledger.undelegate(account, of, Math.floor(ledger.delegations.sharesOf(of, account) * part));
          },
      ),
    );
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 60 }), (sequence) => {
        const ledger = createLedger();
        ledger.delegatorShare = 0.7;
        const rows: [number, number][] = [];
        const cases: HeldSlash[] = [];
        for (const act of sequence) {
          act(ledger, rows, cases);
          expect(ledger.residue()).toBe(0);
          const { balance, stake, unbonding, held, due, delegations } = ledger;
          const { tokens, shares } = delegations;
          const columns = [balance, stake, unbonding, tokens, shares, ...due];
          for (const column of columns) expect(column.every((one) => one >= 0)).toBe(true);
          const heldOf = ({ fromStake, fromUnbonding, fromDelegated, fromPay }: HeldSlash) =>
            fromStake + fromUnbonding + fromDelegated + fromPay;
          expect(held).toBe(cases.reduce((sum, one) => sum + heldOf(one), 0));
          for (const of of [0, 1, 2]) {
            expect(delegations.sharesOf(of, 0) + delegations.sharesOf(of, 1)).toBe(shares[of]);
            expect(tokens[of]).toBeLessThanOrEqual(shares[of]!);
          }
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('refusals', () => {
  const slashOfNine = (ledger: Ledger, fraction: number) => {
    ledger.lockStake(0, 0, 9);
    ledger.slash(0, fraction, burnAll);
  };
  const refusals: readonly [string, (ledger: Ledger) => void][] = [
    ['a fraction of a micro-token', (ledger) => ledger.lockStake(0, 0, 0.5)],
    ['a negative amount', (ledger) => ledger.payTreasury(0, -1)],
    ['a negative fee', (ledger) => ledger.escrowFee(0, -1)],
    ['an amount that isn’t a number', (ledger) => ledger.mint(0, 0, Number.NaN)],
    ['more stake than the balance', (ledger) => ledger.lockStake(0, 0, 1_001)],
    ['a bond above the balance', (ledger) => ledger.lockBond(0, 1_001)],
    ['more from escrow than it holds', (ledger) => ledger.payFromEscrow(0, 1)],
    ['more pay than escrow holds', (ledger) => ledger.accrue(0, 1, 0)],
    ['more unbonding than is staked', (ledger) => ledger.startUnbonding(0, 1, 60)],
    ['the return of a bond that isn’t there', (ledger) => ledger.returnBond(0, 1, 0, burnAll)],
    ['a slash of more than everything', (ledger) => slashOfNine(ledger, 1.5)],
    ['a slash of less than nothing', (ledger) => slashOfNine(ledger, -0.5)],
    ['a supply of 2^53', (ledger) => ledger.endow(0, supplyLimit - ledger.initial)],
  ];

  it.each(refusals)('%s is an internal error that says what was expected and found', (_, act) => {
    expect(() => act(createLedger())).toThrow(/expected a whole amount from 0 to .*, found/);
  });

  it('the largest supply below 2^53 is taken', () => {
    const ledger = createLedger();
    ledger.endow(0, supplyLimit - 1 - ledger.initial);
    expect(ledger.residue()).toBe(0);
  });
});
