import { told } from '../../../reports/drawing/words.js';
import type { ReportInput } from '../../../reports/page/html.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';
import { eachReplication } from '../replications.js';

const columns = [
  ...['attack', 'cohorts', 'workFraction', 'attackerProfitUsd', 'attackerProfitOverTwinUsd', 'attackerSlashedUsd'],
  ...['detectedFraction', 'attackersEjectedFraction'],
] as const;

/** What each attack came to, where there are several; over replications as 95 % intervals of means. */
export function attackTexts(attacks: Table): ReportInput['attacks'] {
  const parts = eachReplication(attacks).map((part) => [...records(part, columns)]);
  const [first = []] = parts;
  if (first.length < 2) return [];
  return first.map(({ attack, cohorts }, place) => {
    const of = (column: (typeof columns)[number], unit: string) => {
      const values = parts.map((rows) => numberOf(rows[place]![column]));
      return values.every(Number.isNaN)
        ? ''
        : told(
            values.map((value) => (Number.isNaN(value) ? null : value)),
            unit,
          );
    };
    return {
      attack: String(attack),
      cohorts: String(cohorts),
      work: of('workFraction', 'fraction'),
      profit: of('attackerProfitUsd', '1'),
      overTwin: of('attackerProfitOverTwinUsd', '1'),
      slashed: of('attackerSlashedUsd', '1'),
      detected: of('detectedFraction', 'fraction'),
      ejected: of('attackersEjectedFraction', 'fraction'),
    };
  });
}
