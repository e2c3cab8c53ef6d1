import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

/** What an application brings itself; the package only names them. */
const external = ['react', 'vue', 'svelte', 'svelte/store'];

/**
 * Bundles entries of the sources and returns file name -> text.
 *
 * Names of properties are never shortened: they are the wire, the DOM or what two files say to each other.
 *
 * @param {{ root: string, entries: Record<string, string>, minify: boolean, split: boolean }} job `split`: what is
 *   imported on demand becomes a file of its own, else it is part of its entry
 * @returns {Promise<Map<string, string>>}
 */
export async function bundle({ root, entries, minify, split }) {
  const warnings = [];
  const build = await rolldown({
    input: entries,
    cwd: root,
    external,
    platform: 'browser',
    // The sources have no effect when they are imported, but for the entries, whose imports are kept anyway.
    treeshake: { moduleSideEffects: (id) => Object.values(entries).includes(id) },
    // The sources may name each other as Node wants it, by the file that they become.
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { target: 'es2022' },
    plugins: [await minifiedCss(root)].filter(Boolean),
    onLog: (level, log) => {
      if (level === 'warn') warnings.push(log.message);
    },
  });
  const { output } = await build.generate({
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: (chunk) => `${chunkName(root, chunk)}.js`,
    codeSplitting: split,
    minify: minify && { compress: { target: 'es2022', unused: true }, mangle: { toplevel: true }, codegen: true },
    comments: minify ? false : { annotation: true, jsdoc: true, legal: true },
    minifyInternalExports: minify,
  });
  await build.close();
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
  return new Map(output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]));
}

/** `ui` for src/ui/index.ts, `google` for src/bridges/google.ts, and the first module's name for what is shared. */
function chunkName(root, chunk) {
  const id = chunk.facadeModuleId ?? chunk.moduleIds[0];
  const parts = relative(join(root, 'src'), id).replace(/\.ts$/, '').split(/[\\/]/);
  if (parts.length > 1 && parts.at(-1) === 'index') parts.pop();
  return chunk.isDynamicEntry ? parts.at(-1) : `shared-${parts.at(-1)}`;
}

/** Style sheets in template strings are made small by scripts/minify-css.mjs, a plugin of its own. */
async function minifiedCss(root) {
  const script = join(root, 'scripts', 'minify-css.mjs');
  return existsSync(script) ? (await import(script)).minifyCssPlugin() : undefined;
}
