/**
 * W14: measures the banner's cost to a page, compared with no banner, and with vanilla-cookieconsent and klaro with the
 * same texts.
 *
 *   node scripts/bench.mjs [--quick]
 *
 * Uses Chromium with a processor slowed down four times and an empty cache, and measures again after a grant. A real
 * samtycke server (SAMTYCKE_BIN) records the click, while the peers only write a cookie. All candidates take turns in
 * one run, in forward and then reverse order. Each round gives one ratio to vanilla-cookieconsent, and the medians
 * count. Prints tables and writes SAMTYCKE_BENCH_JSON. A slow result is not a failure.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { startPages } from './bench/pages.mjs';
import { printed } from './bench/report.mjs';
import { measure } from './bench/visit.mjs';

const root = dirname(import.meta.dirname);
const { values: options } = parseArgs({ options: { quick: { type: 'boolean' } } });
const rounds = options.quick ? 2 : 5;
const out = process.env.SAMTYCKE_BENCH_JSON ?? join(root, '..', 'target', 'bench', 'w14.json');
/** The measurements and the format of their figures. Lower is better for all of them. */
const figures = {
  'first visit': {
    wire: 'bytes over the wire, page and headers too',
    bodies: 'bytes of the bodies alone',
    requests: 'requests, with the page',
    shown_ms: 'navigation to banner on the screen, ms',
    blocking_ms: 'total blocking time, ms',
    load_task_ms: 'main thread work before the click, ms',
    inp_ms: 'click on accept to next paint (INP), ms',
    click_task_ms: 'main thread work after it, ms',
  },
  'after a yes': {
    again_wire: 'bytes over the wire, page and headers too',
    again_requests: 'requests, with the page',
    again_blocking_ms: 'total blocking time, ms',
    again_load_task_ms: 'main thread work, ms',
  },
};
const names = ['samtycke', 'vanilla', 'klaro', 'none'];

const { startWorld, embedded } = await harness();
const world = await startWorld();
try {
  const pages = await startPages(root, world, embedded(world, 'sv'), dirname(out));
  try {
    report(await turns(pages));
  } finally {
    await pages.close();
  }
} finally {
  await world.stop();
}

/** One warm-up each, then forward and reverse order around the empty page, so that drift affects all alike. */
async function turns(pages) {
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
  return Object.fromEntries(Object.keys(visits[0]).map((name) => [name, of(name)]));
}

function report(runs) {
  const parts = Object.entries(figures).map(([part, rows]) => ({
    part,
    rows: Object.entries(rows).map(([name, what]) => {
      const of = (who) => runs[who].map((run) => run[name]).filter(Number.isFinite);
      return {
        name,
        what,
        values: Object.fromEntries(names.map((who) => [who, of(who)])),
        ratios: ratios(of('samtycke'), of('vanilla')),
        ratios_klaro: ratios(of('samtycke'), of('klaro')),
      };
    }),
  }));
  const how = `W14: the banner at a quarter of this machine's speed, ${rounds} rounds, medians (ranges); ratio: samtycke to vanilla`;
  console.log(printed(how, names, parts));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(
    out,
    `${JSON.stringify({ bench: 'w14', rounds, slowed: 4, chromium: world.browser.version(), parts, runs }, null, 2)}\n`,
  );
  console.error(`  written to ${out}`);
}

/** The ratio of each round that has a figure to compare with. */
function ratios(ours, theirs) {
  return ours.map((value, round) => value / theirs[round]).filter(Number.isFinite);
}

/** The setup of the browser tests, which is in TypeScript. */
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
