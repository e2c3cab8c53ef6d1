/**
 * W14: what the banner costs a page, against vanilla-cookieconsent with the same texts, and against no banner.
 *
 *   node scripts/bench.mjs [--quick]
 *
 * Chromium with its processor slowed down four times and nothing in its cache; a real samtycke server (SAMTYCKE_BIN), which
 * records the click, while the peer writes a cookie and tells nobody. They take turns (ABBA), each round gives one ratio,
 * and the median of the rounds counts. Prints a table, writes SAMTYCKE_BENCH_JSON. Nothing fails for being slow.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { startPages } from './bench/pages.mjs';
import { median, printed } from './bench/report.mjs';
import { measure } from './bench/visit.mjs';

const root = dirname(import.meta.dirname);
const { values: options } = parseArgs({ options: { quick: { type: 'boolean' } } });
const rounds = options.quick ? 2 : 5;
const out = process.env.SAMTYCKE_BENCH_JSON ?? join(root, '..', 'target', 'bench', 'w14.json');
/** What is measured, and how its figure is written. Less is better in all of them. */
const figures = {
  wire: 'bytes over the wire, with headers',
  bodies: 'bytes of the bodies alone',
  requests: 'requests',
  shown_ms: 'navigation to banner on the screen, ms',
  blocking_ms: 'total blocking time, ms',
  inp_ms: 'click on accept to next paint (INP), ms',
  click_task_ms: 'main thread work after the click, ms',
  load_task_ms: 'main thread work before it, ms',
};

const { startWorld } = await harness();
const world = await startWorld();
try {
  const pages = await startPages(root, world);
  try {
    report(await turns(pages));
  } finally {
    await pages.close();
  }
} finally {
  await world.stop();
}

/** One warm-up each, then ABBA with the empty page in the middle: what drifts, drifts for all. */
async function turns(pages) {
  const names = ['samtycke', 'vanilla', 'none'];
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await measure(world.browser, pages[name]);
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`  round ${round} of ${rounds}`);
    const turn = Object.fromEntries(names.map((name) => [name, []]));
    for (const name of [...names, ...names.toReversed()]) turn[name].push(await measure(world.browser, pages[name]));
    for (const name of names) runs[name].push(mean(turn[name]));
  }
  return runs;
}

function mean(visits) {
  const of = (name) => visits.reduce((sum, visit) => sum + visit[name], 0) / visits.length;
  return Object.fromEntries(
    Object.keys(figures).map((name) => [name, visits[0][name] === undefined ? undefined : of(name)]),
  );
}

function report(runs) {
  const rows = Object.keys(figures).map((name) => {
    const of = (who) => runs[who].map((run) => run[name]);
    const ratios = of('samtycke').map((value, round) => value / of('vanilla')[round]);
    return {
      name,
      what: figures[name],
      samtycke: median(of('samtycke')),
      vanilla: median(of('vanilla')),
      none: median(of('none')),
      ratio: median(ratios),
      ratios,
    };
  });
  console.log(printed(`W14: the banner at a quarter of this machine's speed, ${rounds} rounds`, rows));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(
    out,
    `${JSON.stringify({ bench: 'w14', rounds, slowed: 4, chromium: world.browser.version(), rows, runs }, null, 2)}\n`,
  );
  console.error(`  written to ${out}`);
}

/** The browser tests' own world, which is TypeScript. */
async function harness() {
  const folder = join(root, 'test', 'browser', 'harness');
  const file = join(root, 'node_modules', `.samtycke-bench-${process.pid}.mjs`);
  const build = await rolldown({
    input: join(dirname(folder), 'harness.ts'),
    platform: 'node',
    external: ['playwright-core'],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    transform: { define: { 'import.meta.dirname': JSON.stringify(folder) } },
  });
  const { output } = await build.generate({ format: 'es', codeSplitting: false });
  await build.close();
  writeFileSync(file, output[0].code);
  try {
    return await import(file);
  } finally {
    rmSync(file);
  }
}
