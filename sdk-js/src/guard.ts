/**
 * A network guard, for sites that want a second net under their markup: code of the page that asks a listed host for
 * something is refused until the purpose is permitted. Its own entry point; nothing loads it by itself.
 *
 * It is a net and not a wall: it sees what code asks for through the functions below, and not what markup, workers, CSS
 * or another frame ask for. A Content-Security-Policy is the wall.
 */

import { allPermitted } from './gate/needs.js';

/** Requests to these hosts, and to hosts under them, need all of these purposes or categories. */
export interface GuardRule {
  hosts: readonly string[];
  purposes: readonly string[];
}

/** What was refused. */
export interface Blocked {
  url: string;
  purposes: readonly string[];
  through: 'fetch' | 'XMLHttpRequest' | 'sendBeacon' | 'EventSource' | 'WebSocket' | 'src';
}

/** What `guard` takes. */
export interface GuardOptions {
  rules: readonly GuardRule[];
  /** Asked at each request, so it may change at any time. */
  allowed(purposeOrCategory: string): boolean;
  report?(blocked: Blocked): void;
}

type Check = (url: unknown, through: Blocked['through']) => boolean;

/**
 * Puts the guard up. Answers how to take it down: every patched thing is then exactly as it was, unless somebody else has
 * patched it since, in which case ours stays beneath and lets everything pass.
 */
export function guard(options: GuardOptions): () => void {
  let up = true;
  const refuses: Check = (address, through) => {
    const url = up ? parse(address) : undefined;
    const rule =
      url && options.rules.find((rule) => ruleMatches(rule, url) && !allPermitted(rule.purposes, options.allowed));
    if (rule) options.report?.({ url: url.href, purposes: rule.purposes, through });
    return rule !== undefined;
  };
  const restore = [
    guardFetch(refuses),
    guardRequest(refuses),
    guardBeacon(refuses),
    guardConstructor('EventSource', refuses),
    guardConstructor('WebSocket', refuses),
    ...guardSources(refuses),
  ];
  return () => {
    up = false;
    for (const back of restore.reverse()) back();
  };
}

/** Whether a rule is about this address. `ads.example` is about `x.ads.example` too, and never about `myads.example`. */
export function ruleMatches(rule: GuardRule, url: URL): boolean {
  return rule.hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}

function parse(address: unknown): URL | undefined {
  const text = address instanceof Request ? address.url : String(address);
  try {
    return new URL(text, document.baseURI);
  } catch {
    return undefined;
  }
}

/** Replaces one property and answers how to put its own descriptor back. */
function patch(owner: object, name: string, change: (old: PropertyDescriptor) => PropertyDescriptor): () => void {
  const old = Object.getOwnPropertyDescriptor(owner, name);
  if (!old?.configurable) return () => {};
  const ours = change(old);
  Object.defineProperty(owner, name, ours);
  return () => {
    const now = Object.getOwnPropertyDescriptor(owner, name);
    if (now && now.value === ours.value && now.set === ours.set) Object.defineProperty(owner, name, old);
  };
}

/** A method that stays itself for whoever looks at its name or its length. */
function wrap<T extends (this: never, ...parts: never[]) => unknown>(
  method: T,
  apply: (self: unknown, parts: unknown[], call: () => unknown) => unknown,
): T {
  return new Proxy(method, {
    apply: (target, self, parts) => apply(self, parts, () => Reflect.apply(target, self, parts)),
  });
}

function guardFetch(refuses: Check): () => void {
  return patch(globalThis, 'fetch', (old) => ({
    ...old,
    value: wrap(old.value, (_, [target], call) =>
      refuses(target, 'fetch') ? Promise.reject(new TypeError('Failed to fetch: refused by samtycke')) : call(),
    ),
  }));
}

/** The address is known at `open`, the request is made at `send`. Refused, it fails as with a network that is down. */
function guardRequest(refuses: Check): () => void {
  const addresses = new WeakMap<object, unknown>();
  const { prototype } = XMLHttpRequest;
  const open = patch(prototype, 'open', (old) => ({
    ...old,
    value: wrap(old.value, (self, [, address], call) => {
      addresses.set(self as object, address);
      return call();
    }),
  }));
  const send = patch(prototype, 'send', (old) => ({
    ...old,
    value: wrap(old.value, (self, _, call) => {
      if (!refuses(addresses.get(self as object), 'XMLHttpRequest')) return call();
      const request = self as XMLHttpRequest;
      setTimeout(() => {
        for (const event of ['error', 'loadend']) request.dispatchEvent(new ProgressEvent(event));
      });
    }),
  }));
  return () => {
    send();
    open();
  };
}

/** False is what a browser answers when its queue is full. */
function guardBeacon(refuses: Check): () => void {
  return patch(Navigator.prototype, 'sendBeacon', (old) => ({
    ...old,
    value: wrap(old.value, (_, [target], call) => (refuses(target, 'sendBeacon') ? false : call())),
  }));
}

/** These connect as they are made, so refusing means throwing, as they do for an address that they cannot take. */
function guardConstructor(name: 'EventSource' | 'WebSocket', refuses: Check): () => void {
  return patch(globalThis, name, (old) => ({
    ...old,
    value: new Proxy(old.value as typeof EventSource, {
      construct(target, parts, self) {
        if (refuses(parts[0], name)) throw new DOMException('Refused by samtycke', 'SecurityError');
        return Reflect.construct(target, parts, self);
      },
    }),
  }));
}

/** `src` and `srcset` set by code, as property or as attribute. `new Image()` makes an element like any other. */
function guardSources(refuses: Check): (() => void)[] {
  const elements = [HTMLImageElement, HTMLScriptElement, HTMLIFrameElement];
  const asProperty = elements.map(({ prototype }) =>
    patch(prototype, 'src', (old) => ({
      ...old,
      set: wrap(old.set as (value: unknown) => void, (self, [value], call) =>
        refuses(value, 'src') ? failed(self as Element) : call(),
      ),
    })),
  );
  const asAttribute = patch(Element.prototype, 'setAttribute', (old) => ({
    ...old,
    value: wrap(old.value, (self, [name, value], call) => {
      const addresses = elements.some((kind) => self instanceof kind) ? named(String(name).toLowerCase(), value) : [];
      return addresses.some((address) => refuses(address, 'src')) ? failed(self as Element) : call();
    }),
  }));
  const asSet = patch(HTMLImageElement.prototype, 'srcset', (old) => ({
    ...old,
    set: wrap(old.set as (value: unknown) => void, (self, [value], call) =>
      candidates(String(value)).some((address) => refuses(address, 'src')) ? failed(self as Element) : call(),
    ),
  }));
  return [...asProperty, asAttribute, asSet];
}

function named(attribute: string, value: unknown): unknown[] {
  if (attribute === 'src') return [value];
  return attribute === 'srcset' ? candidates(String(value)) : [];
}

/** Addresses of `a.png 1x, b.png 2x`. */
export function candidates(srcset: string): string[] {
  return srcset
    .split(/,\s/)
    .map((candidate) => candidate.trim().split(/\s/)[0] ?? '')
    .filter((address) => address);
}

/** Code that waits for an answer gets one. */
function failed(element: Element): void {
  setTimeout(() => element.dispatchEvent(new Event('error')));
}
