// Removes white space from style sheets that are template literals marked with a css comment. The source keeps readable
// plain CSS; bundlers leave strings unchanged, so this script shrinks them.

const MARKED = /\/\* css \*\/ `([^`]*)`/g;

/** Removes comments, line breaks and needless spaces. Keeps spaces around `+` and `-` and before `(`, which matter. */
export function minifyCss(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,~>]) ?/g, '$1')
    .replace(/@media \(/g, '@media(')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}

/** The same as a plugin for vite and rolldown. */
export function minifyCssPlugin() {
  return {
    name: 'samtycke-minify-css',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('/* css */ `')) return null;
      return { code: code.replace(MARKED, (_whole, css) => `\`${minifyCss(css)}\``), map: null };
    },
  };
}
