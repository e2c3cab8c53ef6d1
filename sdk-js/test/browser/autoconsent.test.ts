/**
 * DuckDuckGo's autoconsent, which refuses for users in several browsers: by our own rule in every language, and by its
 * general rules in the languages that it knows. Its clicks are a program's: a refusal counts, a grant does not.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BannerDocument } from '../../src/contract.js';
import { CONTROL, first, settled, state } from './acts.js';
import { arrive, seen, WAIT_MS_MAX } from './harness/person.js';
import { startWorld, type World } from './harness.js';

const dist = dirname(createRequire(import.meta.url).resolve('@duckduckgo/autoconsent'));
/** The browser's script, as the makers inject it in their own tests. */
const SCRIPT = readFileSync(join(dist, 'autoconsent.playwright.js'), 'utf8');
const OURS = JSON.parse(readFileSync(join(import.meta.dirname, '../../autoconsent/samtycke.json'), 'utf8'));
const THEIRS = JSON.parse(readFileSync(join(dist, '../rules/rules.json'), 'utf8')).autoconsent;

let world: World;
beforeAll(async () => {
  world = await startWorld({ notice: { about: 'terminal', languages: ['sv', 'en', 'de', 'fi', 'ar'] } });
});
afterAll(() => world?.stop());

interface Message {
  type: string;
  id?: string;
  code?: string;
  cmp?: string;
  result?: boolean;
}

/** Runs it in the page, and returns its reports as they come. */
async function autoconsent(page: Page, autoAction: 'optIn' | 'optOut', rules: unknown[]): Promise<Message[]> {
  const told: Message[] = [];
  const config = { enabled: true, autoAction, disabledCmps: [], enablePrehide: true, detectRetries: 20 };
  const start = {
    type: 'initResp',
    rules: { autoconsent: rules },
    config: { ...config, enableCosmeticRules: false, enableHeuristicDetection: true, heuristicMode: 'reject' },
  };
  const answer = (message: unknown) => page.evaluate(`autoconsentReceiveMessage(${JSON.stringify(message)})`);
  await page.exposeBinding('autoconsentSendMessage', async (_source, message: Message) => {
    told.push(message);
    if (message.type === 'init') await answer(start);
    if (message.type === 'eval')
      await answer({ id: message.id, type: 'evalResp', result: await page.evaluate(message.code ?? '') });
    if (message.type === 'autoconsentDone') await answer({ type: 'selfTest' });
  });
  await page.evaluate(SCRIPT);
  return told;
}

const last = (told: Message[], type: string) => () => told.filter((message) => message.type === type).at(-1);
const WAIT = { timeout: WAIT_MS_MAX };

test.each(['sv', 'en', 'de', 'fi', 'ar'])('our rule finds the prompt and refuses it in %s', async (locale) => {
  const { page, context, errors } = await arrive(world, { locale });
  await page.waitForSelector('.samtycke-first');
  const path = `/v1/banner/${world.tenant.keys.publishable}?language=${locale}`;
  const { text } = (await world.server.call<BannerDocument>('GET', path)).body;
  expect(await page.textContent(first('reject'))).toBe(text.labels.refuse);
  const told = await autoconsent(page, 'optOut', [...THEIRS, OURS]);
  await expect.poll(last(told, 'optOutResult'), WAIT).toMatchObject({ cmp: 'samtycke', result: true });
  await settled(page, 'refused');
  await expect.poll(last(told, 'selfTestResult'), WAIT).toMatchObject({ cmp: 'samtycke', result: true });
  await page.waitForSelector(CONTROL);
  expect(await page.locator('.samtycke-first').count()).toBe(0);
  expect(seen(world)).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

test.each(['en', 'de'])('without our rule it finds and refuses it in %s', async (locale) => {
  const { page, context } = await arrive(world, { locale });
  await page.waitForSelector('.samtycke-first');
  const told = await autoconsent(page, 'optOut', THEIRS);
  await expect.poll(last(told, 'optOutResult'), WAIT).toMatchObject({ cmp: 'HEURISTIC-REJECT', result: true });
  await settled(page, 'refused');
  expect(seen(world)).toEqual([]);
  await context.close();
});

test('told to accept, it gives nothing', async () => {
  const { page, context } = await arrive(world);
  await page.waitForSelector('.samtycke-first');
  const told = await autoconsent(page, 'optIn', [OURS]);
  await expect.poll(last(told, 'optInResult'), WAIT).toMatchObject({ cmp: 'samtycke' });
  await page.waitForLoadState('networkidle');
  expect(await state(page)).toMatchObject({ choice: 'none', allowed: [] });
  expect(await page.locator('.samtycke-first').isVisible()).toBe(true);
  expect(seen(world)).toEqual([]);
  await context.close();
});
