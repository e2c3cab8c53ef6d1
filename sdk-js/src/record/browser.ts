/** The record's port in a browser. */
import { COOKIE } from '../core/cookie.js';
import { COOKIE_AGE_S } from '../core/format.js';
import { ANSWER_MS_MAX, attempt, type Page } from '../setup.js';
import type { AnswerBody, RecordPort } from './port.js';

/** A port over the page's storage, clock, chance and network. */
export function browserPort(page: Page, { changed, news }: Pick<RecordPort, 'changed' | 'news'>): RecordPort {
  const { server, options } = page;
  // The name of the choice is for a server on the page's own origin: another one could set no cookie here.
  const isFirstParty = new URL(server).origin === location.origin;

  return {
    view: page.view,
    changed,
    news,
    writeCookie(value) {
      const secure = location.protocol === 'https:' ? '; Secure' : '';
      const age = value ? COOKIE_AGE_S : 0;
      attempt(() => {
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API cannot be read synchronously.
        document.cookie = `${COOKIE}=${value ?? ''}; Path=${options.cookiePath ?? '/'}; SameSite=Lax; Max-Age=${age}${secure}`;
      });
      return !value || !!attempt(() => document.cookie.includes(value));
    },
    writeBox(text) {
      page.memory = undefined;
      try {
        if (text) localStorage.setItem(page.key, text);
        else localStorage.removeItem(page.key);
      } catch {
        page.memory = text;
      }
    },
    uuid: () => crypto.randomUUID(),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    async post(path, body, capability, n) {
      const headers = {
        Authorization: `Bearer ${options.key}`,
        'Content-Type': 'application/json',
        ...(capability && { 'Samtycke-Capability': capability }),
        ...(n && isFirstParty && { 'Samtycke-Choice': `${n}` }),
      };
      const request = (keepalive: boolean) =>
        fetch(`${server}v1/${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          keepalive,
          signal: AbortSignal.timeout(ANSWER_MS_MAX),
        });
      try {
        // `keepalive` outlives the page. Browsers refuse it where much is under way: an ordinary request may still get through.
        const response = await request(true).catch(() => request(false));
        return {
          status: response.status,
          // An acknowledgement that breaks off, as where the page is left, is none: what it says may not be lost.
          body: (response.ok && response.status !== 204 ? await response.json() : {}) as AnswerBody,
          retryAfter: Number(response.headers.get('Retry-After')) || 0,
        };
      } catch {
        return { status: 0, body: {}, retryAfter: 0 };
      }
    },
    lock: async (run) => {
      // Without locks two tabs may send the same: the event's id makes one of it.
      await (navigator.locks?.request('samtycke-1', run).catch(run) ?? run());
    },
    wait(ms, run) {
      setTimeout(() => page.ended.aborted || run(), ms);
    },
    clockIs(seconds) {
      page.skew = seconds - Math.floor(Date.now() / 1000);
    },
  };
}
