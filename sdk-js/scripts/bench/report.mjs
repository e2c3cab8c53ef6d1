/** The middle one; the mean of the two middle ones of an even number; nothing where nothing was measured. */
export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A table: columns as wide as they must be, figures to the right. */
export function printed(title, rows) {
  const lines = [
    ['', 'samtycke', 'vanilla', 'no banner', 'ratio', 'rounds between'],
    ...rows.map(({ what, samtycke, vanilla, none, ratio, ratios }) => [
      what,
      number(samtycke),
      number(vanilla),
      number(none),
      share(ratio),
      `${share(Math.min(...ratios))}-${share(Math.max(...ratios))}`,
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) =>
    line.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  '),
  );
  return `\n${title}\n${text.join('\n')}`;
}

function number(value) {
  if (value === undefined) return '-';
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

function share(value) {
  return Number.isFinite(value) ? value.toFixed(2) : '-';
}
