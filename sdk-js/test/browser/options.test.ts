/** The tag's options, and where it stores what. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  acceptAll,
  again,
  all,
  arrive,
  atRest,
  CATEGORIES,
  change,
  holds,
  permits,
  press,
  released,
  state,
} from './harness/person.js';
import {
  NONCE,
  PLAIN_DOMAIN,
  PLAIN_HOST,
  PLAIN_SHOP,
  siteIdOf,
  startWorld,
  type Visit,
  type World,
} from './harness.js';

let world: World;
let visit: Visit;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());
beforeEach(async () => {
  await world.proxy.heal();
  world.proxy.log.length = 0;
  world.strangers.forget();
});
afterEach(() => visit?.context.close());

const jar = async () => Object.fromEntries((await visit.context.cookies()).map(({ name, value }) => [name, value]));
const kept = () => visit.page.evaluate((box) => localStorage.getItem(box), world.tenant.box);

describe('where no tag can have attributes', () => {
  const script = (query: string) =>
    `<script type="module" nonce="${NONCE}" src="${world.proxy.url}/sdk/banner.js${query}"></script>`;
  const asked = async (head: string, tag: Record<string, string> | false = false) => {
    visit = await arrive(world, { tag, head });
    const { page } = visit;
    await page.waitForSelector('.samtycke-first');
    return page.$eval('.samtycke-first', (first) => [(first as HTMLElement).lang, first.className.includes('top')]);
  };

  test('options can be the query of the URL', async () => {
    expect(await asked(script(`?key=${world.tenant.keys.publishable}&language=de&position=top`))).toEqual(['de', true]);
  });

  test('options can be a global', async () => {
    const options = { key: world.tenant.keys.publishable, language: 'en', position: 'top' };
    const head = `<script nonce="${NONCE}">samtyckeOptions = ${JSON.stringify(options)}</script>${script('')}`;
    expect(await asked(head)).toEqual(['en', true]);
  });

  test('the attribute wins over the query, the query over global', async () => {
    const head = `<script nonce="${NONCE}">samtyckeOptions = { language: 'en', position: 'top' }</script>`;
    const src = `${world.proxy.url}/sdk/banner.js?language=de`;
    expect(await asked(head, { src })).toEqual(['de', true]);
    await visit.context.close();
    expect(await asked(head, { src, 'data-language': 'ar', 'data-position': 'bottom' })).toEqual(['ar', false]);
  });

  test('no key at all: the console names all three ways', async () => {
    visit = await arrive(world, { tag: false, head: script('') });
    await expect.poll(() => visit.errors.join()).toMatch(/data-key.*\?key=.*samtyckeOptions/);
  });
});

describe('data-storage="local"', () => {
  const tag = { 'data-storage': 'local' };

  test('storage=local sets no cookie, and keeps the choice', async () => {
    visit = await arrive(world, { tag });
    await acceptAll(world, visit.page);
    expect(await jar()).toEqual({});
    await visit.page.reload();
    await permits(visit.page, CATEGORIES);
    await change(visit.page, { marketing: false });
    await atRest(visit.page);
    await permits(visit.page, ['preferences', 'statistics']);
    await change(visit.page, {}, 'reject');
    await holds(world, visit, all('no'), ['given', 'withdrawn', 'given', 'withdrawn+refused']);
    expect(await jar()).toEqual({});
    expect(await kept()).toMatch(/"k":"r\./);
  });

  test('a refusal is stored there too, and identifies no user', async () => {
    visit = await arrive(world, { tag });
    await press(visit.page, 'reject');
    expect(JSON.parse((await kept())!)).toEqual({
      s: 0,
      q: [],
      k: expect.stringMatching(/^r\.1\.[\da-z]+\.[\da-f]{8}$/),
    });
    const fresh = await again(world, visit);
    await released(world, []);
    expect(await state(fresh.page)).toMatchObject({ choice: 'refused' });
    expect(await jar()).toEqual({});
  });

  test('below the page the server sets no cookie', async () => {
    visit = await arrive(world, { firstParty: true, tag: { ...tag, 'data-server': '/' } });
    await acceptAll(world, visit.page);
    expect(await jar()).toEqual({});
    const choices = world.proxy.log.map(({ headers }) => headers['samtycke-choice']);
    expect(choices.filter(Boolean)).toEqual([]);
  });
});

describe('data-cache-cookie', () => {
  const tag = { 'data-cache-cookie': '' };
  const name = () => `samtycke-allowed-${siteIdOf(world.tenant.keys.publishable)}`;

  test('the cache cookie lists permitted categories only', async () => {
    visit = await arrive(world, { tag });
    await visit.page.waitForSelector('.samtycke-first');
    expect(await jar()).toEqual({});
    await acceptAll(world, visit.page);
    await expect.poll(async () => (await jar())[name()]).toBe('psm');
    await change(visit.page, { statistics: false });
    await expect.poll(async () => (await jar())[name()]).toBe('pm');
    await atRest(visit.page);
    const other = await again(world, visit);
    await permits(other.page, ['preferences', 'marketing']);
    expect((await jar())[name()]).toBe('pm');
    await change(other.page, {}, 'reject');
    await expect.poll(async () => Object.keys(await jar())).not.toContain(name());
    expect(await jar()).not.toHaveProperty([name()]);
  });
});

describe('data-cookie-domain', () => {
  const ours = async () =>
    (await visit.context.cookies())
      .filter(({ name }) => name === world.tenant.cookie)
      .map(({ domain, value }) => [domain, value.slice(0, 2)]);

  test('a parent domain shares one choice between hosts', async () => {
    visit = await arrive(world, { host: PLAIN_HOST });
    await acceptAll(world, visit.page);
    expect(await ours()).toEqual([[PLAIN_HOST, 'g.']]);
    const tag = { 'data-cookie-domain': PLAIN_DOMAIN };
    const wide = await arrive(world, { host: PLAIN_HOST, tag, context: visit.context });
    await change(wide.page, { marketing: false });
    await atRest(wide.page);
    expect(await ours()).toEqual([[`.${PLAIN_DOMAIN}`, 'g.']]);
    const shop = await arrive(world, { host: PLAIN_SHOP, tag, context: visit.context });
    await permits(shop.page, ['preferences', 'statistics']);
    expect(await shop.page.locator('.samtycke-first').count()).toBe(0);
    await change(shop.page, {}, 'reject');
    await atRest(shop.page);
    expect(await ours()).toEqual([[`.${PLAIN_DOMAIN}`, 'r.']]);
    await wide.page.reload();
    await permits(wide.page, []);
    expect(await state(wide.page)).toMatchObject({ choice: 'refused' });
  });

  test('a domain of another site is ignored with a warning', async () => {
    const warnings: string[] = [];
    visit = await arrive(world, { tag: { 'data-cookie-domain': 'plain.test' }, host: 'www', visit: false });
    visit.page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
    await visit.page.goto(visit.url);
    await acceptAll(world, visit.page);
    expect(warnings.join()).toContain('plain.test');
    const [cookie] = (await visit.context.cookies()).filter((one) => one.name === world.tenant.cookie);
    expect(cookie!.domain).toBe('www.localhost');
  });
});
