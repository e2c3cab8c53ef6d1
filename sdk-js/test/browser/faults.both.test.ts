/**
 * Faults of the network and the server. Each test ends with the same promise on both sides: a last refusal holds, a
 * last grant holds or is asked again, and the log has each submission once.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { all, arrive, atRest, change, holds, press, released, seen, state, WAIT_MS_MAX } from './harness/person.js';
import { startWorld, type Visit, type World } from './harness.js';

let world: World;
let visit: Visit | undefined;
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

/** The proxy has had at least so many requests of this kind. */
async function passed(path: string, count: number): Promise<void> {
  const requests = () => world.proxy.passed({ method: 'POST', path }).length;
  await expect.poll(requests, { timeout: WAIT_MS_MAX }).toBeGreaterThanOrEqual(count);
}

describe.each(['request', 'answer'] as const)('the server is killed; the %s is lost', (cut) => {
  describe.each(['stays', 'is loaded again'])('the page %s', (fate) => {
    /** Loses requests or responses, kills the server, and starts it again. */
    async function lose(path: string, click: () => Promise<void>): Promise<void> {
      const before = world.proxy.passed({ method: 'POST', path }).length;
      const heal = world.proxy.fault({ method: 'POST', path, cut });
      await click();
      // The page tries again at once, which ends the first attempt.
      await passed(path, before + 2);
      await world.server.kill9();
      heal();
      const { page } = visit!;
      if (fate === 'is loaded again') {
        await world.server.start();
        await page.reload();
      } else {
        expect((await state(page)).pending).toBe(true);
        await world.server.start();
      }
    }

    test('a faulty network: a grant is recorded once', async () => {
      visit = await arrive(world);
      const { page } = visit;
      await lose('/v1/consents', () => press(page, 'accept'));
      await atRest(page);
      await holds(world, visit, all('yes'), ['given']);
    });

    test('a faulty network: a refusal holds, recorded once', async () => {
      visit = await arrive(world);
      const { page } = visit;
      await press(page, 'accept');
      await released(world, ['marketing', 'preferences', 'statistics']);
      world.strangers.seen.length = 0;
      await lose('/v1/withdrawals', () => change(page, {}, 'reject'));
      expect((await state(page)).allowed).toEqual([]);
      await atRest(page);
      expect(seen(world)).toEqual([]);
      await holds(world, visit, all('no'), ['given', 'withdrawn']);
    });

    test('a faulty network: a partial withdrawal holds meanwhile', async () => {
      visit = await arrive(world);
      const { page } = visit;
      await press(page, 'accept');
      await released(world, ['marketing', 'preferences', 'statistics']);
      await lose('/v1/withdrawals', () => change(page, { marketing: false }));
      expect((await state(page)).allowed).toHaveLength(2);
      await holds(world, visit, { ...all('yes'), marketing: 'no' }, ['given', 'withdrawn', 'given']);
    });
  });
});
