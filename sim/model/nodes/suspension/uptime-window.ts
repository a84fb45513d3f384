/** Check-ins of rows over the latest epochs, each epoch kept apart so that it can fall out or be forgotten. */
export class UptimeWindow {
  readonly #rows: number;
  /** Epochs that are kept. */
  #epochs = 0;
  /** By row and place in the window, those of a row side by side. */
  #made = new Uint32Array(0);
  #due = new Uint32Array(0);

  constructor(rows: number) {
    this.#rows = rows;
  }

  /** Begins an epoch, numbered from 0 one after the other, and keeps so many of the latest, 1 or more. */
  begin(epoch: number, epochs: number): void {
    if (epochs !== this.#epochs) this.#resize(epoch, epochs);
    for (let row = 0; row < this.#rows; row++) this.set(row, epoch, 0, 0);
  }

  /** What the row made, of so many that were due, in the epoch under way or another that is kept. */
  set(row: number, epoch: number, made: number, due: number): void {
    const place = row * this.#epochs + (epoch % this.#epochs);
    this.#made[place] = made;
    this.#due[place] = due;
  }

  /** Forgets an epoch of all rows, as if nothing had been due. */
  forget(epoch: number): void {
    for (let row = 0; row < this.#rows; row++) this.set(row, epoch, 0, 0);
  }

  /** Forgets all epochs of a row. */
  clear(row: number): void {
    this.#made.fill(0, row * this.#epochs, (row + 1) * this.#epochs);
    this.#due.fill(0, row * this.#epochs, (row + 1) * this.#epochs);
  }

  /** Made, and due, in the latest epochs up to this one: all that are kept, or fewer. */
  made(row: number, epoch: number, latest: number): number {
    return this.#sum(this.#made, row, epoch, latest);
  }

  due(row: number, epoch: number, latest: number): number {
    return this.#sum(this.#due, row, epoch, latest);
  }

  #sum(column: Uint32Array, row: number, epoch: number, latest: number): number {
    const epochs = this.#epochs;
    let sum = 0;
    for (let back = 0; back < Math.min(latest, epochs, epoch + 1); back++) {
      sum += column[row * epochs + ((epoch - back) % epochs)]!;
    }
    return sum;
  }

  /** Another length: the latest epochs before this one stay as far as there is room. */
  #resize(epoch: number, epochs: number): void {
    const [before, made, due] = [this.#epochs, this.#made, this.#due];
    this.#epochs = epochs;
    this.#made = new Uint32Array(this.#rows * epochs);
    this.#due = new Uint32Array(this.#rows * epochs);
    const kept = Math.min(before, epochs, epoch);
    for (let row = 0; row < this.#rows; row++) {
      for (let back = 1; back <= kept; back++) {
        const place = row * before + ((epoch - back) % before);
        this.set(row, epoch - back, made[place]!, due[place]!);
      }
    }
  }
}
