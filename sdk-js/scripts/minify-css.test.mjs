import { expect, it } from 'vitest';
import { minifyCss, minifyCssPlugin } from './minify-css.mjs';

it('keeps significant white space', () => {
  expect(minifyCss('/* why */ a b ,\n c > d { width: calc(100% - 2rem) ; color: red; }\n')).toBe(
    'a b,c>d{width:calc(100% - 2rem);color:red}',
  );
});

it('changes marked sheets only', () => {
  const plugin = minifyCssPlugin();
  expect(plugin.transform('const css = /* css */ `a { b: c; }`;', 'styles.ts')?.code).toBe('const css = `a{b:c}`;');
  expect(plugin.transform('const text = `a { b: c; }`;', 'styles.ts')).toBeNull();
});
