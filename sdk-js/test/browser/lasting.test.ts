import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ADS, type Lab, SITE, startLab, VIDEO } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    gate: 'src/gate/index.ts',
    clear: 'src/gate/clear.ts',
    guard: 'src/guard.ts',
    google: 'src/bridges/google.ts',
  });
  lab.put('/ok', { body: 'ok', type: 'text/plain' });
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.requests.length = 0;
});

const toOthers = () => lab.requests.filter((request) => !request.startsWith(SITE));

describe('clearTerminal', () => {
  test('clears what it can, and reports what it cannot', async () => {
    const { page, context } = await lab.open(
      lab.page(`<title>t</title><script type="module">
        import { clearTerminal } from '/lab/clear.js';
        window.clearTerminal = clearTerminal;
      </script>`),
    );
    await page.waitForFunction('window.clearTerminal');
    const address = new URL(page.url());
    const cookie = (name: string, more: object = {}) => ({ name, value: '1', domain: SITE, path: '/', ...more });
    await context.addCookies([
      cookie('_ga', { domain: '.site.localhost' }),
      cookie('_ga_HOST'),
      cookie('_ga_PATH', { path: '/pages' }),
      cookie('_ga_DEEP', { path: address.pathname }),
      cookie('server', { httpOnly: true }),
      cookie('keep'),
      cookie('samtycke-consent-1'),
    ]);
    const report = await page.evaluate(async () => {
      localStorage.setItem('film-volume', '1');
      sessionStorage.setItem('film-tab', '1');
      localStorage.setItem('cart', '1');
      await new Promise((opened) => {
        const request = indexedDB.open('film-db');
        request.onsuccess = () => opened(request.result.close());
      });
      const own = (name: string, kind: 'cookie' | 'storage' = 'cookie') => ({ name, kind, third_party: false });
      const { clearTerminal } = globalThis as unknown as {
        clearTerminal: typeof import('../../src/gate/clear.js').clearTerminal;
      };
      return clearTerminal([
        own('_ga*'),
        own('server'),
        own('film-*', 'storage'),
        { name: 'IDE', kind: 'cookie', third_party: true },
      ]);
    });
    expect(report.cleared.sort()).toEqual([
      '_ga',
      '_ga_DEEP',
      '_ga_HOST',
      '_ga_PATH',
      'film-db',
      'film-tab',
      'film-volume',
    ]);
    expect(report.left).toEqual([
      { name: 'server', why: 'not_seen' },
      { name: 'IDE', why: 'third_party' },
    ]);
    expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['keep', 'samtycke-consent-1', 'server']);
    expect(await page.evaluate('Object.keys(localStorage).concat(Object.keys(sessionStorage))')).toEqual(['cart']);
    expect(await page.evaluate('indexedDB.databases().then((all) => all.length)')).toBe(0);
  });
});

describe('guard', () => {
  const SETUP = `<title>t</title><script type="module">
    import { guard } from '/lab/guard.js';
    window.blocked = []; window.permitted = [];
    window.put = () => { window.unguard = guard({
      rules: [{ hosts: ['ads.localhost'], purposes: ['marketing'] }],
      allowed: (word) => window.permitted.includes(word),
      report: ({ url, through }) => window.blocked.push(through + ' ' + new URL(url).pathname),
    }); };
    window.started = true;
  </script>`;

  /** Requests the host in every way there is, and returns how each ended. */
  const askAll = (address: string) => {
    const settled = (target: EventTarget) =>
      new Promise<string>((end) => {
        for (const event of ['load', 'error']) target.addEventListener(event, () => end(event));
      });
    const thrown = (make: () => unknown) => {
      try {
        make();
        return 'made';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const image = new Image();
    image.src = `${address}/image`;
    const set = document.createElement('img');
    set.setAttribute('srcset', `${address}/srcset 1x`);
    const script = document.createElement('script');
    script.src = `${address}/script`;
    document.head.append(script);
    const frame = document.createElement('iframe');
    frame.setAttribute('src', `${address}/frame`);
    document.body.append(frame);
    const request = new XMLHttpRequest();
    request.open('GET', `${address}/ok`);
    request.send();
    return Promise.all([
      fetch(new Request(`${address}/ok`)).then(
        () => 'load',
        (error: Error) => error.name,
      ),
      settled(request),
      settled(image),
      settled(set),
      settled(script),
      navigator.sendBeacon(`${address}/beacon`, 'x'),
      thrown(() => new EventSource(`${address}/events`).close()),
      thrown(() => new WebSocket(`${address.replace('http', 'ws')}/socket`).close()),
    ]);
  };

  test('refuses requests to listed hosts until permitted', async () => {
    lab.put('/script', { body: '' });
    const { page } = await lab.open(lab.page(SETUP));
    await page.waitForFunction('window.started');
    await page.evaluate('put()');
    const ads = lab.url('', `eu.${ADS}`);
    expect(await page.evaluate(askAll, ads)).toEqual([
      'TypeError',
      'error',
      'error',
      'error',
      'error',
      false,
      'SecurityError',
      'SecurityError',
    ]);
    expect(toOthers()).toEqual([]);
    expect(((await page.evaluate('blocked')) as string[]).sort()).toEqual([
      'EventSource /events',
      'WebSocket /socket',
      'XMLHttpRequest /ok',
      'fetch /ok',
      'sendBeacon /beacon',
      'src /frame',
      'src /image',
      'src /script',
      'src /srcset',
    ]);

    const elsewhere = ['load', 'load', 'error', 'error', 'load', true, 'made', 'made'];
    expect(await page.evaluate(askAll, lab.url('', VIDEO))).toEqual(elsewhere);
    await page.evaluate("permitted.push('marketing')");
    expect(await page.evaluate(askAll, ads)).toEqual(elsewhere);
    await vi.waitFor(() => expect(toOthers()).toContain(`eu.${ADS}/beacon`));
    expect(await page.evaluate('blocked.length')).toBe(9);
  });

  test('after removal every patched property is restored', async () => {
    const { page } = await lab.open(lab.page(SETUP));
    await page.waitForFunction('window.started');
    const differences = await page.evaluate(() => {
      const scope = globalThis as unknown as { put(): void; unguard(): void };
      const owners: [object, string][] = [
        [globalThis, 'fetch'],
        [globalThis, 'EventSource'],
        [globalThis, 'WebSocket'],
        [XMLHttpRequest.prototype, 'open'],
        [XMLHttpRequest.prototype, 'send'],
        [Navigator.prototype, 'sendBeacon'],
        [HTMLImageElement.prototype, 'src'],
        [HTMLImageElement.prototype, 'srcset'],
        [HTMLScriptElement.prototype, 'src'],
        [HTMLIFrameElement.prototype, 'src'],
        [Element.prototype, 'setAttribute'],
      ];
      const read = () => owners.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name)!);
      const keys = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const;
      const differing = (before: PropertyDescriptor[]) =>
        read().filter((now, index) => keys.some((key) => now[key] !== before[index]![key])).length;
      const names = () =>
        Object.getOwnPropertyNames(globalThis)
          .filter((name) => name !== 'unguard')
          .join();
      const [before, namesBefore] = [read(), names()];
      scope.put();
      const up = differing(before);
      const looks =
        fetch.name + fetch.length + String(fetch).includes('native code') + EventSource.name + EventSource.OPEN;
      scope.unguard();
      const down = differing(before);
      // Other code patches on top: ours cannot be removed from underneath, and lets everything pass.
      scope.put();
      const beneath = globalThis.fetch;
      const theirs: typeof fetch = (...parts) => beneath(...parts);
      globalThis.fetch = theirs;
      scope.unguard();
      return { up, down, looks, kept: globalThis.fetch === theirs, names: names() === namesBefore };
    });
    expect(differences).toEqual({ up: 11, down: 0, looks: 'fetch1trueEventSource1', kept: true, names: true });
    expect(await page.evaluate((ads) => fetch(`${ads}/ok`).then((answer) => answer.text()), lab.url('', ADS))).toBe(
      'ok',
    );
  });
});

describe('Google', () => {
  test('a gated tag finds the queue, also after a withdrawal', async () => {
    lab.put('/tag.js', { body: "gtag('event', 'page_view')" });
    const purposes = [
      { id: 'p.count', consent_mode: ['analytics_storage'] },
      { id: 'p.ads', consent_mode: ['ad_storage', 'ad_user_data', 'ad_personalization'] },
    ];
    const { page } = await lab.open(
      lab.page(`<title>t</title>
      <script>window.dataLayer = [{ event: 'early' }]</script>
      <script type="text/plain" data-samtycke-purpose="p.count" src="${lab.url('/tag.js', ADS)}"></script>
      <script type="module">
        import { createGate } from '/lab/gate.js';
        import { createGoogle } from '/lab/google.js';
        const gate = createGate({ ask() {}, document: async () => undefined });
        const google = createGoogle({ wait_for_update: 500, ads_data_redaction: true });
        window.permit = (...now) => {
          const allowed = (word) => now.includes(word);
          google.update(${JSON.stringify(purposes)}, allowed);
          gate.sync(allowed);
        };
        permit();
        window.started = true;
      </script>`),
    );
    await page.waitForFunction('window.started');
    await page.evaluate("permit('p.count')");
    await page.waitForFunction("[...dataLayer].some((entry) => entry[1] === 'page_view')");
    await page.evaluate('permit()');
    const granted = (entry: Record<string, string>) => Object.keys(entry).filter((type) => entry[type] === 'granted');
    const queue = (await page.evaluate(
      'dataLayer.map((entry) => entry.length ? Array.from(entry) : entry)',
    )) as unknown[];
    expect(queue.map((entry) => (Array.isArray(entry) ? entry.slice(0, 2).join(' ') : entry))).toEqual([
      'consent default',
      'set ads_data_redaction',
      { event: 'early' },
      'consent update',
      'consent update',
      'event page_view',
      'consent update',
    ]);
    const consents = queue.filter((entry) => Array.isArray(entry) && entry[0] === 'consent') as [
      string,
      string,
      Record<string, string>,
    ][];
    expect(consents.map(([, , types]) => granted(types))).toEqual([[], [], ['analytics_storage'], []]);
    expect(toOthers()).toEqual([`${ADS}/tag.js`]);
  });
});
