import type { Cell, Table } from '../record/tables/table.js';

/** The table with some columns in memory: who asks for those alone doesn't have its rows read again. */
export function heldColumns(table: Table, names: readonly string[]): Table {
  const places = table.columns.flatMap(({ name }, place) => (names.includes(name) ? [place] : []));
  const columns = new Map<number, HeldCells>(places.map((place) => [place, new HeldCells()]));
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
      for (const [place, list] of chosen) cells[place] = list.at(row);
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

/** Cells of a column, of a million nodes perhaps: numbers as they are, each other value once. */
class HeldCells {
  #numbers = new Float64Array(1_024);
  /** By row: of what is no number, its place in `#others`, plus one; null while all are numbers. */
  #codes: Int32Array | null = null;
  readonly #others: Cell[] = [];
  readonly #codeOf = new Map<Cell, number>();
  #length = 0;

  push(cell: Cell): void {
    const row = this.#length++;
    if (row === this.#numbers.length) this.#grow();
    if (typeof cell === 'number') {
      this.#numbers[row] = cell;
      return;
    }
    this.#codes ??= new Int32Array(this.#numbers.length);
    this.#codes[row] = this.#codeFor(cell);
  }

  at(row: number): Cell {
    const code = this.#codes === null ? 0 : this.#codes[row]!;
    return code === 0 ? this.#numbers[row]! : this.#others[code - 1]!;
  }

  #codeFor(cell: Cell): number {
    const known = this.#codeOf.get(cell);
    if (known !== undefined) return known;
    const code = this.#others.push(cell);
    this.#codeOf.set(cell, code);
    return code;
  }

  #grow(): void {
    const numbers = new Float64Array(2 * this.#numbers.length);
    numbers.set(this.#numbers);
    this.#numbers = numbers;
    if (this.#codes === null) return;
    const codes = new Int32Array(numbers.length);
    codes.set(this.#codes);
    this.#codes = codes;
  }
}
