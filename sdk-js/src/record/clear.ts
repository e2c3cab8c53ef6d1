/**
 * Clears what purposes left on the terminal, and loads a page anew where something of theirs cannot be stopped. Loaded where
 * something is given, so that it is there when that is taken back, with or without a network.
 */
import type { BannerDocument } from '../contract.js';
import { isGiven } from '../core/permission.js';
import { clearTerminal, type TerminalUse } from '../gate/clear.js';
import { attempt, type Page } from '../setup.js';

/**
 * What has yet to be cleared: uses of the terminal by the purpose, or service, that they were declared for. `null`: nobody knew them when
 * it was taken back.
 */
type Uncleared = Record<string, TerminalUse[] | null>;

/** Clears what `taken` left, but for what `kept` needs. `mine`: somebody at this page took it back. */
export type Clear = (taken: readonly string[], kept: readonly string[], mine: boolean) => Promise<void>;

/** How long a page that came back counts as untouched; milliseconds. */
const CAME_BACK_MS = 1_000;

type Field = HTMLInputElement & HTMLSelectElement;

const markName = (page: Page) => `${page.key}:gone`;

/**
 * Works off what an earlier page has marked, but for what has been given again since. What was written as that page went
 * away is then gone too. Without the network, unless that page did not know what was declared.
 */
export async function clearMarked(page: Page): Promise<void> {
  const name = markName(page);
  const text = localStorage.getItem(name);
  const uncleared = readMark(text);
  for (const { id, given } of page.view().stored?.purposes ?? []) if (given) delete uncleared[id];
  if (Object.values(uncleared).includes(null)) {
    const purposes = (await page.banner())?.purposes;
    for (const id in uncleared) uncleared[id] ??= usesOf(id, purposes) ?? null;
  }
  await clearUses(uncleared);
  // A page that is still there may have marked more.
  if (localStorage.getItem(name) !== text) return;
  const unknown = Object.entries(uncleared).filter(([, uses]) => !uses);
  if (unknown[0]) localStorage.setItem(name, JSON.stringify(Object.fromEntries(unknown)));
  else localStorage.removeItem(name);
}

/** Watches over a page in which something may run. */
export function clearWithdrawn(page: Page): Clear {
  const until = { signal: page.ended };
  /** Taken back while this page was there. */
  const uncleared: Uncleared = {};
  /** Fields that somebody typed into; false once they have been sent. */
  const touched = new Map<EventTarget, boolean>();
  let mustEnd = false;
  /** Has just come out of the browser's cache, with everything that ran in it: nobody has done anything here yet. */
  let cameBack = false;

  /** Whether something still runs here that has been taken back. */
  const isRunning = () => page.gate.ran().some((word) => word !== 'necessary' && !isGiven(word, page.view()));

  /** For the next page: whatever runs here may write for as long as this page is there. */
  function mark(): void {
    const name = markName(page);
    attempt(() =>
      localStorage.setItem(name, JSON.stringify({ ...readMark(localStorage.getItem(name)), ...uncleared })),
    );
  }

  function reload(): void {
    if (mustEnd && isRunning() && isClean(touched)) location.reload();
  }

  addEventListener('pagehide', () => isRunning() && mark(), until);
  document.addEventListener('visibilitychange', () => document.hidden && reload(), until);
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      cameBack = persisted;
      setTimeout(() => {
        cameBack = false;
      }, CAME_BACK_MS);
    },
    until,
  );
  addEventListener('input', (event) => touched.set(event.composedPath()[0]!, true), { ...until, capture: true });
  for (const event of ['submit', 'reset']) {
    const sent = ({ target }: Event) => {
      for (const field of (target as HTMLFormElement).elements) touched.set(field, false);
      // What a form is reset to comes after the event. What is sent may still be on its way.
      if (event === 'reset') setTimeout(reload);
    };
    addEventListener(event, sent, until);
  }

  return async (taken, kept, mine) => {
    const uses = (id: string) => usesOf(id, page.known?.purposes);
    const needed = kept.flatMap((id) => uses(id) ?? []).map(({ name }) => name);
    const now: Uncleared = {};
    for (const id of taken) now[id] = uses(id)?.filter(({ name }) => !needed.includes(name)) ?? null;
    Object.assign(uncleared, now);
    mark();
    await clearUses(now);
    mustEnd = true;
    if (mine || document.hidden || cameBack) reload();
  };
}

/** Uses of a purpose; of one of its services, also those that serve no other alone. */
function usesOf(word: string, purposes?: BannerDocument['purposes']): TerminalUse[] | undefined {
  const [id, service] = word.split('/');
  const uses = purposes?.find((purpose) => purpose.id === id)?.terminal;
  return uses?.filter(({ vendor }) => !service || !vendor || vendor === service);
}

function readMark(text: string | null): Uncleared {
  return attempt(() => JSON.parse(text!)) ?? {};
}

/** Clears, and tells the console what a page cannot reach. */
async function clearUses(uncleared: Uncleared): Promise<void> {
  const { left } = await clearTerminal(Object.values(uncleared).flatMap((uses) => uses ?? []));
  const names = left.filter(({ why }) => why === 'third_party' || why === 'still_there').map(({ name }) => name);
  if (names.length) console.info(`samtycke: out of a page's reach: ${names.join(', ')}`);
}

/**
 * Whether nothing that somebody typed or chose would be lost with the page. Frameworks move a field's default along with its
 * value, so a field that was touched is never clean but by being empty, or by having been sent.
 */
export function isClean(touched: ReadonlyMap<EventTarget, boolean>): boolean {
  const fields = new Set([...touched.keys(), ...document.querySelectorAll('input,textarea,select')] as Field[]);
  return ![...fields].some((field) => {
    const typed = touched.get(field);
    if (!field.isConnected || typed === false) return false;
    return typed ? (field.value ?? field.textContent) !== '' : isChanged(field);
  });
}

/** Whether a field is not what the page made it. */
function isChanged(field: Field): boolean {
  if (field.options) {
    const options = [...field.options];
    const byPage = options.some((option) => option.defaultSelected);
    // Where none is marked, a browser shows the first that can be chosen.
    const first = field.multiple ? undefined : options.find((option) => !option.disabled);
    return options.some((option) => option.selected !== (byPage ? option.defaultSelected : option === first));
  }
  if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
  if (/^(hidden|submit|button|reset|image)$/.test(field.type)) return false;
  return field.value !== field.defaultValue;
}
