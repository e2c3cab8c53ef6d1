import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { get } from 'svelte/store';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSSRApp, effectScope, h, nextTick, ref } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { watch } from './adapter';
import type { Samtycke, State } from './contract';
import { Consent, SamtyckeContext, useSamtycke } from './react';
import { consent, settings } from './svelte';
import { useConsent as consentRef, samtyckePlugin } from './vue';

/** An instance with permissions that a test sets. */
function pretend(...now: string[]) {
  const listeners = new Set<(state: State) => void>();
  const state = (): State => ({ choice: 'given', pending: false, gpc: false, allowed: now });
  const samtycke: Samtycke = {
    allowed: (purpose) => now.includes(purpose),
    state,
    subscribe(listener) {
      listeners.add(listener);
      listener(state());
      return () => void listeners.delete(listener);
    },
    open: vi.fn(async () => {}),
    setLanguage: async () => {},
    withdraw: async () => {},
    ready: Promise.resolve(),
    stop: () => {},
  };
  const become = (...next: string[]) => {
    now = next;
    for (const listener of listeners) listener(state());
  };
  return { samtycke, become, listeners };
}

afterEach(() => vi.unstubAllGlobals());

const Button = () => (useSamtycke() ? 'open' : 'wait');

describe('react', () => {
  const gated = createElement(Consent, { purpose: 'statistics', fallback: 'ask' }, 'chart');

  test('on a server everything is denied, whatever is provided', () => {
    expect(renderToString(gated)).toBe('ask');
    const { samtycke } = pretend('statistics');
    expect(renderToString(createElement(SamtyckeContext.Provider, { value: samtycke }, gated))).toBe('ask');
  });

  test('on a server there is no instance', () => {
    expect(renderToString(createElement(Button))).toBe('wait');
  });
});

describe('vue', () => {
  test('on a server everything is denied, nothing is subscribed', async () => {
    const { samtycke, listeners } = pretend('statistics');
    const app = createSSRApp({
      setup() {
        const permitted = consentRef('statistics');
        return () => h('p', String(permitted.value));
      },
    });
    app.use(samtyckePlugin(samtycke));
    expect(await renderVue(app)).toBe('<p>false</p>');
    expect(listeners.size).toBe(0);
  });

  test('a ref follows permission and purpose until its scope ends', async () => {
    const { samtycke, become, listeners } = pretend('statistics');
    vi.stubGlobal('window', { samtycke });
    const purpose = ref('marketing');
    const scope = effectScope();
    const permitted = scope.run(() => consentRef(purpose))!;
    expect(permitted.value).toBe(false);
    become('marketing');
    expect(permitted.value).toBe(true);
    purpose.value = 'statistics';
    await nextTick();
    expect(permitted.value).toBe(false);
    scope.stop();
    expect(listeners.size).toBe(0);
  });
});

describe('svelte', () => {
  test('a store calls at once, then on changes only, until stopped', () => {
    const { samtycke, become, listeners } = pretend();
    const store = consent('statistics', samtycke);
    expect(get(store)).toBe(false);
    const seen: boolean[] = [];
    const stop = store.subscribe((permitted) => seen.push(permitted));
    become('statistics');
    become('statistics', 'marketing');
    become();
    stop();
    become('statistics');
    expect(seen).toEqual([false, true, false]);
    expect(listeners.size).toBe(0);
  });

  test('an action opens the settings; without them a link works', () => {
    const { samtycke } = pretend();
    const node = new EventTarget() as HTMLElement;
    const click = () => {
      const event = new Event('click', { cancelable: true });
      node.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const bare = settings(node);
    expect(click()).toBe(false);
    bare.destroy();
    const action = settings(node, samtycke);
    expect(click()).toBe(true);
    action.destroy();
    expect(click()).toBe(false);
    expect(samtycke.open).toHaveBeenCalledTimes(1);
  });
});

describe('the script tag', () => {
  function emptyPage() {
    const page = Object.assign(new EventTarget(), { samtycke: undefined as Samtycke | undefined });
    const document = new EventTarget();
    vi.stubGlobal('window', page);
    vi.stubGlobal('document', document);
    return { page, document };
  }

  test('an instance that comes late is found', async () => {
    const { page, document } = emptyPage();
    const changed = vi.fn();
    const stop = watch(changed);
    page.dispatchEvent(new Event('load'));
    await Promise.resolve();
    expect(changed).not.toHaveBeenCalled();
    const { samtycke, become, listeners } = pretend();
    document.dispatchEvent(new Event('samtycke:ready'));
    page.samtycke = samtycke;
    await Promise.resolve();
    page.dispatchEvent(new Event('load'));
    await Promise.resolve();
    expect(changed).toHaveBeenCalledTimes(1);
    become('statistics');
    expect(changed).toHaveBeenCalledTimes(2);
    stop();
    expect(listeners.size).toBe(0);
  });

  test('an instance that comes after unsubscribing is ignored', async () => {
    const { page, document } = emptyPage();
    const changed = vi.fn();
    const stop = watch(changed);
    document.dispatchEvent(new Event('samtycke:ready'));
    page.samtycke = pretend().samtycke;
    stop();
    await Promise.resolve();
    expect(changed).not.toHaveBeenCalled();
  });
});
