/** Lines that say what differs between two records of a case: old, new, relative change; none if nothing does. */
export function differences(before, after) {
  const rows = [];
  const compare = (name, old, now) => {
    if (JSON.stringify(old) !== JSON.stringify(now)) rows.push([name, show(old), show(now), change(old, now)]);
  };
  for (const name of ['set', 'seed', 'events', 'jobs']) compare(name, before[name], after[name]);
  for (const group of ['fingerprints', 'tables', 'metrics']) {
    const names = new Set([...Object.keys(before[group]), ...Object.keys(after[group])]);
    for (const name of names) {
      compare(group === 'tables' ? `${name}.csv` : name, before[group][name], after[group][name]);
    }
  }
  if (rows.length === 0) return [];
  const table = [['', 'expected', 'found', 'change'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** Digests and lists cut to what can be told apart. */
function show(value) {
  if (value === undefined) return 'not there';
  if (value === null) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 16 ? `${text.slice(0, 15)}…` : text;
}

function change(old, now) {
  if (typeof old !== 'number' || typeof now !== 'number') return '';
  if (old === 0) return 'from 0';
  const share = (now - old) / Math.abs(old);
  const percent = Math.abs(share) < 1e-6 ? share.toExponential(1) : (share * 100).toPrecision(3);
  return Math.abs(share) < 1e-6 ? `× (1 + ${percent})` : `${share > 0 ? '+' : ''}${percent} %`;
}
