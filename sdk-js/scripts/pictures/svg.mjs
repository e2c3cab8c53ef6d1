/** What the pictures are made of: the page behind the banner, and a terminal drawn as SVG. */

const colours = {
  light: { back: '#ffffff', line: '#d0d7de', bar: '#f6f8fa', text: '#1f2328', dim: '#59636e', good: '#1a7f37' },
  dark: { back: '#0d1117', line: '#3d444d', bar: '#151b23', text: '#f0f6fc', dim: '#9198a1', good: '#3fb950' },
};

/** A shop's page, in the visitor's colour scheme, with this in its head. */
export function frameOf(head) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width">${head}
<style>
  :root { color-scheme: light dark; font: 16px/1.55 system-ui, "DejaVu Sans", sans-serif; }
  body { margin: 0; background: light-dark(#f7f5f0, #14181c); color: light-dark(#22282e, #e7eaed); }
  header { display: flex; gap: 2rem; padding: 1rem 2.5rem; background: light-dark(#24493f, #16302a); color: #fff; }
  header b { margin-inline-end: auto; }
  main { padding: 1.6rem 2.5rem; }
  h1 { font-size: 1.7rem; margin: 0 0 .4rem; }
  ul { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; padding: 0; margin-block: 1.2rem; list-style: none; }
  li { border-radius: .6rem; overflow: hidden; background: light-dark(#fff, #1d2329); }
  li::before { content: ""; display: block; block-size: 7rem; background: var(--tint); }
  li span { display: block; padding: .5rem .8rem; font-size: .9rem; }
</style></head><body>
<header><b>The example shop</b><span>Plants</span><span>Pots</span><span>Basket</span></header>
<main><h1>Plants that live with you</h1><p>Grown in the north, sent in two days.</p>
<ul>${['Fern', 'Monstera', 'Olive', 'Ivy']
    .map((name, at) => `<li style="--tint:hsl(${120 + at * 14} 26% ${46 + at * 5}%)"><span>${name}</span></li>`)
    .join('')}</ul></main></body></html>`;
}

/** A terminal in which this command printed this, in a colour scheme. */
export function terminalSvg(command, printed, scheme) {
  const paint = colours[scheme];
  const [size, step, advance, inset, top] = [13, 19, 7.83, 20, 58];
  const lines = [`$ ${command}`, '', ...shorter(printed.trimEnd().split('\n')).flatMap(wrapped)];
  const longest = Math.max(...lines.map((line) => [...line].length));
  const width = Math.ceil(2 * inset + longest * advance);
  const height = top + (lines.length - 1) * step + 24;
  const row = (line, at) => {
    if (!line) return '';
    const length = ([...line].length * advance).toFixed(1);
    const place = `x="${inset}" y="${top + at * step}" textLength="${length}"`;
    return `<text ${place}>${painted(line, paint)}</text>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="samtycke verify says VALID">
<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="9" fill="${paint.back}" stroke="${paint.line}"/>
<path d="M.5 32.5V9.5a9 9 0 0 1 9-9h${width - 19}a9 9 0 0 1 9 9v23z" fill="${paint.bar}" stroke="${paint.line}"/>
${['#ff5f57', '#febc2e', '#28c840'].map((fill, at) => `<circle cx="${18 + at * 18}" cy="16.5" r="5.5" fill="${fill}"/>`).join('')}
<g fill="${paint.text}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${size}">
${lines.map(row).filter(Boolean).join('\n')}
</g></svg>
`;
}

/** A badge: a name and what holds for it. It says what it says without any service. */
export function badgeSvg(name, value) {
  const wide = (text) => Math.round([...text].length * 6.6 + 14);
  const [left, right] = [wide(name), wide(value)];
  const text = (words, x, length) => `<text x="${x + 7}" y="14" textLength="${length - 14}">${escaped(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${value}">
<clipPath id="c"><rect width="${left + right}" height="20" rx="4"/></clipPath>
<g clip-path="url(#c)"><path fill="#424a53" d="M0 0h${left}v20H0z"/><path fill="#24664f" d="M${left} 0h${right}v20H${left}z"/></g>
<g fill="#fff" font-family="Verdana, 'DejaVu Sans', sans-serif" font-size="11">${text(name, 0, left)}${text(value, left, right)}</g></svg>
`;
}

const LONGEST = 98;
/** Of the many checks that are printed, those that the picture keeps. */
const KEPT = /^ +ok +(opening of ctx|opening of sub|notice|inclusion|signature of the log) /;

/** Leaves out checks, and says how many. */
function shorter(lines) {
  const isCheck = (line) => /^ +ok /.test(line);
  const kept = lines.filter((line) => !isCheck(line) || KEPT.test(line));
  const more = lines.length - kept.length;
  return kept.toSpliced(kept.findLastIndex(isCheck) + 1, 0, `  …      and ${more} more`);
}

/** Breaks a line that is too long before a word, and sets the rest below the value that it belongs to. */
function wrapped(line) {
  if ([...line].length <= LONGEST) return [line];
  const at = line.lastIndexOf(' ', LONGEST);
  const inset = /^ +[a-z]+ +/.exec(line)?.[0].length ?? 0;
  return [line.slice(0, at), ...wrapped(' '.repeat(inset) + line.slice(at + 1))];
}

function painted(line, paint) {
  const part = (fill, text, more = '') => `<tspan fill="${fill}"${more}>${escaped(text)}</tspan>`;
  const verdict = /^(VALID)(.*)$/.exec(line);
  if (verdict) return part(paint.good, verdict[1], ' font-weight="700"') + escaped(verdict[2]);
  const checked = /^( +ok)( .*)$/.exec(line);
  if (checked) return part(paint.good, checked[1]) + escaped(checked[2]);
  const named = /^( +[a-z]+ +)(.*)$/.exec(line);
  if (named) return part(paint.dim, named[1]) + escaped(named[2]);
  if (line.startsWith('$ ')) return part(paint.dim, '$ ') + escaped(line.slice(2));
  return escaped(line);
}

/** As XML; blanks in a row stay. */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
}
