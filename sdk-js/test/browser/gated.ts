/** Pages with a gate and nothing else of the banner, for tests of other people's pages. */
import { vi } from 'vitest';
import { type Lab, startLab, type Visit } from './lab.js';

/** A busy machine takes its time. */
const WAIT_MS_MAX = 20_000;

/** The document of the server's stand-in. */
export const DOCUMENT = {
  language: 'en',
  direction: 'ltr',
  words: {
    categories: {
      necessary: 'Necessary',
      preferences: 'Preferences',
      statistics: 'Statistics',
      marketing: 'Marketing',
    },
    embed: 'Content from {host} needs your yes to {category}.',
    embed_load: 'Show content from {host}',
    embed_link: 'Open at {host}',
    gpc: 'Your browser says no for you.',
    vendors: 'Services',
  },
  purposes: [
    { id: 'p.film', category: 'marketing', gpc: true, vendors: [{ id: 'rullen', name: 'Rullen AB' }] },
    { id: 'p.count', category: 'statistics', gpc: false, vendors: [] },
  ],
  text: {
    withdraw: 'You can take it back.',
    purposes: [{ id: 'p.film', title: 'Films', description: 'Plays films of others' }],
  },
};

/** A lab with the gate's files and the named modules. */
export async function startGateLab(more: Record<string, string> = {}): Promise<Lab> {
  const lab = await startLab({ gate: 'src/gate/index.ts', ...more });
  lab.put('/frame', { body: '<!doctype html><title>film</title><p>film', type: 'text/html' });
  lab.put('/pixel.png', { body: '', type: 'image/png' });
  return lab;
}

/** The page's own start: `permit('a', 'b')` changes the permissions, and `permitted` is there from the start. */
export const startTag = (permitted: readonly string[] = [], attributes = '', nonce = '') => `
<script type="module" ${attributes} ${nonce && `nonce="${nonce}"`}>
  import { createGate } from '/lab/gate.js';
  let permitted = ${JSON.stringify(permitted)};
  window.asked = [];
  window.banner = ${JSON.stringify(DOCUMENT)};
  window.gate = createGate({
    nonce: ${nonce ? `'${nonce}'` : 'undefined'},
    ask: (words, said) => window.asked.push([...words, said]),
    document: async () => window.banner,
  });
  window.permit = (...now) => { permitted = now; window.gate.sync((word) => permitted.includes(word)); };
  window.permit(...permitted);
  window.started = true;
</script>`;

export const HEAD = `<head><title>t</title><script>window.log = []</script></head>`;

/** Opens a page with this body, and waits for its gate. */
export async function openGated(lab: Lab, body: string, permitted: readonly string[] = []): Promise<Visit> {
  return opened(await lab.open(lab.page(`${HEAD}<body>${body}${startTag(permitted)}</body>`)));
}

export async function opened(visit: Visit): Promise<Visit> {
  await visit.page.waitForFunction('window.started');
  return visit;
}

export const permit = ({ page }: Visit, ...words: string[]) =>
  page.evaluate((words) => (window as unknown as { permit(...words: string[]): void }).permit(...words), words);

export const log = ({ page }: Visit) => page.evaluate('log') as Promise<string[]>;

export const logged = ({ page }: Visit, ...words: string[]) =>
  page.waitForFunction(
    (words) => words.every((word) => (globalThis as unknown as { log: string[] }).log.includes(word)),
    words,
  );

/** Waits until this holds. */
export const soon = (check: () => unknown) => vi.waitFor(check, WAIT_MS_MAX);

/** The gate's warnings to the page's author. */
export const told = (visit: Visit) => visit.console.filter((line) => line.startsWith('samtycke:'));

/** Once a script that needs nothing has run, everything due has been released. */
export async function settle(visit: Visit): Promise<void> {
  await visit.page.evaluate(() => {
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset.category = 'necessary';
    script.text = 'window.settled = true';
    document.body.append(script);
  });
  await visit.page.waitForFunction('window.settled');
  await visit.page.evaluate('window.settled = false');
}
