import { describe, expect, test } from 'vitest';
import { type ClearPort, clearTerminal, cookieVariants, nameMatches, type TerminalUse } from './clear.js';

const location = { hostname: 'www.shop.example', pathname: '/sv/cart', protocol: 'https:' };

/** A cookie jar that stores what is written, and never deletes `stuck`. */
function jar(...names: string[]) {
  const kept = new Set(names);
  const written: string[] = [];
  return {
    written,
    get cookie() {
      return [...kept].map((name) => `${name}=1`).join('; ');
    },
    set cookie(text: string) {
      written.push(text);
      const name = text.slice(0, text.indexOf('='));
      if (name !== 'stuck') kept.delete(name);
    },
  };
}

function store(...keys: string[]) {
  const kept = [...keys];
  return {
    kept,
    get length() {
      return kept.length;
    },
    key: (index: number) => kept[index] ?? null,
    removeItem: (key: string) => void kept.splice(kept.indexOf(key), 1),
  };
}

const use = (name: string, kind: TerminalUse['kind'] = 'cookie', third_party = false) => ({
  name,
  kind,
  third_party,
});

describe('cookieVariants', () => {
  test('every domain, path and partition, once', () => {
    const variants = cookieVariants(location);
    expect(variants).toHaveLength(new Set(variants).size);
    // Host only and three domains; `/`, `/sv`, `/sv/`, `/sv/cart`, `/sv/cart/`; two partitions.
    expect(variants).toHaveLength(4 * 5 * 2);
    expect(variants).toContain('; Domain=shop.example; Path=/; Secure');
    expect(variants).toContain('; Path=/sv/cart; Secure; Partitioned');
  });

  test('an IP address has no parent domain', () => {
    expect(cookieVariants({ hostname: '127.0.0.1', pathname: '/', protocol: 'http:' })).toEqual([
      '; Path=/',
      '; Path=//',
    ]);
    expect(cookieVariants({ hostname: '[::1]', pathname: '/a', protocol: 'http:' })).toHaveLength(3);
  });
});

test("a star matches the rest, never the banner's own data", () => {
  expect(nameMatches('_ga_*', '_ga_X1')).toBe(true);
  expect(nameMatches('_ga', '_ga_X1')).toBe(false);
  expect(nameMatches('*', 'samtycke-consent-1')).toBe(false);
  expect(nameMatches('samtycke-1', 'samtycke-1')).toBe(false);
});

describe('clearTerminal', () => {
  test('clears what is declared, and reports what is left', async () => {
    const cookies = jar('_ga', '_ga_X', 'stuck', 'session', 'samtycke-consent-1');
    const local = store('film-volume', 'film-quality', 'cart');
    const port: ClearPort = { location, cookies, stores: [local] };
    const report = await clearTerminal(
      [
        use('_ga*'),
        use('stuck'),
        use('hidden'),
        use('film-*', 'storage'),
        use('IDE', 'cookie', true),
        use('px', 'pixel'),
      ],
      port,
    );
    expect(report).toEqual({
      cleared: ['_ga', '_ga_X', 'film-volume', 'film-quality'],
      left: [
        { name: 'stuck', why: 'still_there' },
        { name: 'hidden', why: 'not_seen' },
        { name: 'IDE', why: 'third_party' },
        { name: 'px', why: 'not_storage' },
      ],
    });
    expect(cookies.cookie).toBe('stuck=1; session=1; samtycke-consent-1=1');
    expect(local.kept).toEqual(['cart']);
  });

  test("clears databases, caches, and an SDK's data", async () => {
    const gone: string[] = [];
    const remove = async (name: string) => gone.push(name) > 0;
    const port: ClearPort = {
      location,
      cookies: jar('sdk_id'),
      stores: [],
      databases: { list: async () => ['sdk_db', undefined, 'orders'], remove },
      caches: { keys: async () => ['sdk_files'], delete: remove },
    };
    expect((await clearTerminal([use('sdk_*', 'sdk')], port)).cleared).toEqual(['sdk_id', 'sdk_db', 'sdk_files']);
    expect(gone).toEqual(['sdk_db', 'sdk_files']);
  });

  test('removes a service worker by its scope or script', async () => {
    const gone: string[] = [];
    const worker = (scope: string, script: string, removed = true) => ({
      addresses: [`https://shop.example${scope}`, `https://shop.example${script}`],
      remove: async () => gone.push(scope) > 0 && removed,
    });
    const port: ClearPort = {
      location,
      cookies: jar(),
      stores: [],
      workers: {
        list: async () => [
          worker('/', '/own.js'),
          worker('/news/', '/push/v2.js'),
          worker('/chat/', '/chat.js'),
          worker('/stuck/', '/stuck.js', false),
        ],
      },
    };
    const report = await clearTerminal(
      [
        use('/push/*', 'worker'),
        use('https://shop.example/chat/', 'worker'),
        use('/stuck.js', 'worker'),
        use('/no.js', 'worker'),
      ],
      port,
    );
    expect(report).toEqual({
      cleared: ['/push/v2.js', 'https://shop.example/chat/'],
      left: [
        { name: '/stuck.js', why: 'still_there' },
        { name: '/no.js', why: 'not_seen' },
      ],
    });
    expect(gone).toEqual(['/news/', '/chat/', '/stuck/']);
  });

  test('without a list, databases are removed by name', async () => {
    const gone: string[] = [];
    const remove = async (name: string) => gone.push(name) > 0;
    const port: ClearPort = { location, cookies: jar(), stores: [], databases: { remove } };
    const report = await clearTerminal([use('film', 'storage'), use('film_*', 'storage')], port);
    expect(report.left.map(({ why }) => why)).toEqual(['not_seen', 'not_seen']);
    expect(gone).toEqual(['film']);
  });

  test('blocked stores count as empty', async () => {
    const blocked = () => Promise.reject(new Error('SecurityError'));
    const port: ClearPort = {
      location,
      cookies: jar(),
      stores: [],
      databases: { list: blocked, remove: blocked },
      caches: { keys: blocked, delete: blocked },
    };
    expect((await clearTerminal([use('a', 'storage')], port)).left).toEqual([{ name: 'a', why: 'not_seen' }]);
  });
});
