/** The middle one; the mean of the two middle ones of an even number; nothing where nothing was measured. */
export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Tables, one for each part: columns as wide as they must be, figures to the right; `median (lowest-highest)`. */
export function printed(title, names, parts) {
  const head = (part) => [
    part,
    ...names.map((name) => (name === 'none' ? 'no banner' : name)),
    'ratio',
    'rounds between',
  ];
  const tables = parts.map(({ part, rows }) => [
    head(part),
    ...rows.map(({ what, values, ratios }) => [
      what,
      ...names.map((name) => figure(values[name])),
      share(median(ratios)),
      ratios.length > 0 ? `${share(Math.min(...ratios))}-${share(Math.max(...ratios))}` : '-',
    ]),
  ]);
  const widths = tables[0][0].map((_, column) =>
    Math.max(...tables.flatMap((lines) => lines.map((line) => line[column].length))),
  );
  const text = tables.map((lines) =>
    lines
      .map((line) =>
        line.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  '),
      )
      .join('\n'),
  );
  return `\n${title}\n\n${text.join('\n\n')}`;
}

function figure(values) {
  const middle = median(values);
  if (middle === undefined) return '-';
  const [low, high] = [number(Math.min(...values)), number(Math.max(...values))];
  return low === high ? number(middle) : `${number(middle)} (${low}-${high})`;
}

function number(value) {
  return value >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

function share(value) {
  return Number.isFinite(value) ? value.toFixed(2) : '-';
}
