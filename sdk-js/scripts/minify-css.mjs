// Takes the air out of style sheets that are written as template literals marked with a css comment. The sheet is
// plain CSS in the source, readable and whole, and small in the bundle: bundlers leave strings as they are.

const MARKED = /\/\* css \*\/ `([^`]*)`/g;

/** Comments, line breaks and needless spaces go; spaces around `+` and `-`, and before `(`, mean something and stay. */
export function minifyCss(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,~]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}

/** The same as a plugin of vite and rolldown. */
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
