/** The record's port in a browser. */
import { cookieName } from '../core/cookie.js';
import { COOKIE_AGE_S } from '../core/format.js';
import { ANSWER_MS_MAX, attempt, type Page } from '../setup.js';
import type { CookieJar } from './jar.js';
import type { AnswerBody, RecordPort } from './port.js';

/** Writes a cookie, or deletes it if there is no value. */
export type SetCookie = (name: string, value?: string) => void;

/** A port over the page's storage, clock, random numbers and network. */
export async function browserPort(
  page: Page,
  tell: Pick<RecordPort, 'changed' | 'progress'>,
): Promise<RecordPort & Partial<CookieJar>> {
  const { server, options, site } = page;
  const { key, cookiePath = '/' } = options;
  const isLocal = options.storage === 'local';
  const own = cookieName(site);
  // Only a server on the page's own origin can set the cookie, so only that server is told the choice's number.
  const isFirstParty = new URL(server).origin === location.origin;
  const cookieJar =
    options.cookieDomain || (options.cacheCookie ?? false) !== false
      ? (await import('./jar.js')).createJar(page, setCookie)
      : undefined;

  function setCookie(name: string, value?: string): void {
    const wide = cookieJar?.domain();
    const write = (value: string | undefined, more: string) =>
      attempt(() => {
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API cannot be read synchronously.
        document.cookie = `${name}=${value ?? ''}; Path=${cookiePath}; SameSite=Lax; Max-Age=${value ? COOKIE_AGE_S : 0}${more}`;
      });
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    if (wide) write(value, `; Domain=${wide}${secure}`);
    // Never a second cookie for this host alone.
    write(wide ? undefined : value, secure);
  }

  return {
    site,
    view: page.view,
    ...tell,
    ...cookieJar,
    writeCookie(value) {
      setCookie(own, isLocal ? undefined : value);
      return !value || (!isLocal && !!attempt(() => document.cookie.includes(value)));
    },
    writeLocal(text) {
      page.memory = undefined;
      try {
        if (text) localStorage.setItem(page.key, text);
        else localStorage.removeItem(page.key);
      } catch {
        page.memory = text;
      }
    },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    async post(path, body, capability, n) {
      const wide = cookieJar?.domain();
      const headers = {
        // What names no user carries no key in a header. It is a simple request, so the browser sends no preflight.
        ...(capability && {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          'Samtycke-Capability': capability,
        }),
        ...(n &&
          isFirstParty &&
          !isLocal && {
            'Samtycke-Choice': `${n}${cookiePath === '/' ? '' : `; path=${cookiePath}`}${wide ? `; domain=${wide}` : ''}`,
          }),
      };
      const request = (keepalive: boolean) =>
        fetch(`${server}v1/${capability ? '' : `banner/${key}/`}${path}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          keepalive,
          signal: AbortSignal.timeout?.(ANSWER_MS_MAX),
        });
      try {
        // `keepalive` lets the request outlive the page. Browsers refuse it when much is under way; an ordinary request
        // may still work.
        const response = await request(true).catch(() => request(false));
        return {
          status: response.status,
          // A response that breaks off, as when the user leaves the page, does not count: its content must not be lost.
          body: (response.ok && response.status !== 204 ? await response.json() : {}) as AnswerBody,
          retryAfter: Number(response.headers.get('Retry-After')) || 0,
        };
      } catch {
        return { status: 0, body: {}, retryAfter: 0 };
      }
    },
    lock: async (run) => {
      // Without locks two tabs may send the same submission. The server records it once, by its id.
      await (navigator.locks?.request(page.key, run).catch(run) ?? run());
    },
    wait(ms, run) {
      setTimeout(() => page.ended.aborted || run(), ms);
    },
    clockIs(seconds) {
      page.skew = seconds - Math.floor(Date.now() / 1000);
    },
  };
}
