import { parseSync } from 'rolldown/utils';

/**
 * Every import of another file of ours in a module that the bundler wrote.
 *
 * @returns {{ specifier: string, dynamic: boolean, start: number, end: number }[]} `start`, `end`: the quoted specifier
 */
export function importsOf(text) {
  const { module, errors } = parseSync('chunk.js', text);
  if (errors.length > 0) throw new Error(errors[0].message);
  const quoted = (start, end) => ({ specifier: text.slice(start + 1, end - 1), start, end });
  const fixed = module.staticImports.map(({ moduleRequest: { start, end } }) => ({
    ...quoted(start, end),
    dynamic: false,
  }));
  const again = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest }) =>
      moduleRequest ? [{ ...quoted(moduleRequest.start, moduleRequest.end), dynamic: false }] : [],
    );
  const later = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    ...quoted(start, end),
    dynamic: true,
  }));
  const seen = new Set();
  return [...fixed, ...again, ...later].filter(({ specifier, start }) => {
    const first = specifier.startsWith('./') && !seen.has(start);
    seen.add(start);
    return first;
  });
}

/** The module with its imports replaced as `names` says. */
export function withImports(text, names) {
  let out = text;
  for (const { specifier, start, end } of importsOf(text).sort((a, b) => b.start - a.start)) {
    const name = names.get(specifier);
    if (name === undefined) throw new Error(`no name for ${specifier}`);
    out = `${out.slice(0, start)}"${name}"${out.slice(end)}`;
  }
  return out;
}
