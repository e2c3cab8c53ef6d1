/** Style sheets that many sites have. Two are Debian's packages, and are only read: their licence is not ours. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const WORDPRESS = '/usr/share/wordpress/wp-content/themes';
const packaged = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path), 'utf8');

const sources = {
  bootstrap: () => packaged('bootstrap/dist/css/bootstrap.css'),
  materialize: () => packaged('materialize-css/dist/css/materialize.css'),
  'tailwind preflight': () => `@layer theme, base, utilities; @layer base { ${packaged('tailwindcss/preflight.css')} }`,
  'twenty twenty-one': () => readFileSync(join(WORDPRESS, 'twentytwentyone/style.css'), 'utf8'),
  'twenty twenty-three': twentyTwentyThree,
};

export type Theme = keyof typeof sources;
export const THEMES = Object.keys(sources) as Theme[];

export function themeCss(theme: Theme): string {
  return sources[theme]();
}

type Tree = { [name: string]: string | Tree };

/** What WordPress writes from the theme's elements, since the sheet has few rules. */
function twentyTwentyThree(): string {
  const text = readFileSync(join(WORDPRESS, 'twentytwentythree/theme.json'), 'utf8');
  const { elements, ...body } = (JSON.parse(text) as { styles: { elements: Tree } & Tree }).styles;
  const selectors: Record<string, string> = {
    link: 'a',
    button: 'button, .wp-element-button',
    heading: 'h1, h2, h3, h4, h5, h6',
  };
  const rules = Object.entries(elements).flatMap(([name, style]) => rulesOf(selectors[name] ?? name, style as Tree));
  return [...rulesOf('body', body), ...rules].join('\n');
}

function rulesOf(selector: string, style: Tree): string[] {
  const nested = Object.entries(style).filter(([name]) => name.startsWith(':'));
  const names: Record<string, string> = { text: 'color', radius: 'border-radius' };
  const lines = Object.entries(style).flatMap(([group, part]) =>
    typeof part === 'string' || !/^(typography|color|border|spacing)$/.test(group)
      ? []
      : Object.entries(part).flatMap(([name, value]) =>
          typeof value === 'string' ? [`${names[name] ?? name.replace(/[A-Z]/g, '-$&').toLowerCase()}: ${value};`] : [],
        ),
  );
  const all = nested.flatMap(([state, part]) => rulesOf(selector.replace(/[^,]+/g, `$&${state}`), part as Tree));
  return [`${selector} { ${lines.join(' ')} }`, ...all];
}
