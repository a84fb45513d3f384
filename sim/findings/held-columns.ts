import type { Cell, Table } from '../record/tables/table.js';

/** The table with some columns in memory: who asks for those alone doesn't have its rows read again. */
export function heldColumns(table: Table, names: readonly string[]): Table {
  const places = table.columns.flatMap(({ name }, place) => (names.includes(name) ? [place] : []));
  const columns = new Map<number, Cell[]>(places.map((place) => [place, []]));
  const lists = [...columns];
  let rowCount = 0;
  for (const cells of table.rows(new Set(places))) {
    for (const [place, list] of lists) list.push(cells[place]!);
    rowCount++;
  }
  function* held(asked: ReadonlySet<number>): Generator<readonly Cell[]> {
    const chosen = lists.filter(([place]) => asked.has(place));
    for (let row = 0; row < rowCount; row++) {
      const cells = new Array<Cell>(table.columns.length).fill(null);
      for (const [place, list] of chosen) cells[place] = list[row]!;
      yield cells;
    }
  }
  return {
    name: table.name,
    meaning: table.meaning,
    columns: table.columns,
    rowCount,
    rows(asked) {
      const isHeld = asked !== undefined && [...asked].every((place) => columns.has(place));
      return isHeld ? held(asked) : table.rows(asked);
    },
  };
}
