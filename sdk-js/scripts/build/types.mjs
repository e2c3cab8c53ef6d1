import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The declarations of these entries and of what they import: path -> text.
 *
 * The sources name each other without an extension, as bundlers read them; Node's own resolution wants one, so it is
 * added here.
 */
export function declarations(root, entries) {
  const work = mkdtempSync(join(root, 'node_modules', '.samtycke-types-'));
  try {
    const config = join(work, 'tsconfig.json');
    const options = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: join(root, 'src'),
        outDir: work,
      },
      include: [],
      files: entries.map((name) => join(root, 'src', `${name}.ts`)),
    };
    writeFileSync(config, JSON.stringify(options));
    execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Map(
      readdirSync(work, { recursive: true })
        .filter((name) => name.endsWith('.d.ts'))
        .sort()
        .map((name) => [name.replaceAll('\\', '/'), withExtensions(work, name)]),
    );
  } catch (error) {
    if (error.stdout) process.stderr.write(error.stdout);
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function withExtensions(work, name) {
  const folder = dirname(join(work, name));
  const text = readFileSync(join(work, name), 'utf8');
  return text.replace(/(\bfrom |\bimport\(|\bimport )(['"])(\.\.?\/[^'"]*)\2/g, (whole, before, quote, path) => {
    const bare = path.replace(/\.(ts|js)$/, '');
    if (existsSync(join(folder, `${bare}.d.ts`))) return `${before}${quote}${bare}.js${quote}`;
    if (existsSync(join(folder, bare, 'index.d.ts'))) return `${before}${quote}${bare}/index.js${quote}`;
    throw new Error(`${name}: nothing at ${whole}`);
  });
}
