/** The page's own verifier accepts the server's proof, in Node and in Chromium. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Receipt, verifyReceipt } from '../../src/receipt.js';
import { eventId, purposes, startWorld, subject, type World } from './harness.js';

let world: World;
let bundle = '';
beforeAll(async () => {
  world = await startWorld();
  const id = eventId();
  const consent = {
    event_id: id,
    subject: subject(),
    notice: world.tenant.notice,
    language: 'sv',
    method: 'button',
    based_on: 0,
    decisions: [{ purpose: purposes.statistics, decision: 'given' }],
  };
  expect((await world.call('service', 'POST', '/v1/consents', consent)).status).toBe(201);
  // The proof exists once a checkpoint covers the event: 50 ms here.
  await vi.waitFor(async () => {
    const proof = await world.call('auditor', 'GET', `/v1/events/${id}/proof`);
    expect(proof.status).toBe(200);
    bundle = JSON.stringify(proof.body);
  }, 10_000);
});
afterAll(() => world?.stop());

const said = [{ what: 'given', purpose: purposes.statistics, outcome: 'effective', state: 'given' }];

test('in Node', async () => {
  const receipt = await verifyReceipt(bundle, world.tenant.vkey);
  expect(receipt).toMatchObject({ ok: true, outcome: 'valid', kind: 'event', notice: world.tenant.notice, said });
  expect(receipt.origin).toBe(world.tenant.origin);
  const forged = bundle.replace('\\"decision\\":\\"given\\"', '\\"decision\\":\\"taken\\"');
  expect(forged).not.toBe(bundle);
  expect(await verifyReceipt(forged, world.tenant.vkey)).toMatchObject({ ok: false, reason: 'opening', said: [] });
});

test('in Chromium, by the module that the server serves', async () => {
  const { page, context, errors } = await world.newPage({ tag: false });
  // As text: the test runner would rewrite an import in this file.
  const content = `import { verifyReceipt } from '${world.proxy.url}/sdk/receipt.js'; Object.assign(window, { verifyReceipt });`;
  await page.addScriptTag({ type: 'module', content });
  await page.waitForFunction(() => 'verifyReceipt' in window);
  const verify = (text: string) =>
    page.evaluate(
      async ([given, vkey]) => {
        const { verifyReceipt } = window as unknown as { verifyReceipt(text: string, vkey: string): Promise<Receipt> };
        const { ok, outcome, reason, said } = await verifyReceipt(given, vkey);
        return { ok, outcome, reason, said };
      },
      [text, world.tenant.vkey] as const,
    );
  expect(await verify(bundle)).toEqual({ ok: true, outcome: 'valid', said });
  expect(await verify(bundle.replace('"expires":', '"expires":1'))).toMatchObject({ ok: false, outcome: 'invalid' });
  expect(errors).toEqual([]);
  await context.close();
});
