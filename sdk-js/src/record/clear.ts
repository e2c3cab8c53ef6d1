/**
 * Clears what purposes stored on the device, and reloads a page in which a withdrawn script cannot be stopped
 * otherwise.
 *
 * Loaded as soon as something is given, so that a withdrawal without a network is cleared too.
 */
import type { BannerDocument } from '../contract.js';
import { isGiven } from '../core/permission.js';
import { clearTerminal, type TerminalUse } from '../gate/clear.js';
import { attempt, type Page } from '../setup.js';

/**
 * What must still be cleared: declared uses of the terminal, by purpose or service. `null`: the declaration was not
 * known at the withdrawal.
 */
type Uncleared = Record<string, TerminalUse[] | null>;

/** Clears what `taken` stored, except what `kept` needs. `mine`: the user withdrew in this page. */
export type Clear = (taken: readonly string[], kept: readonly string[], mine: boolean) => Promise<void>;

/** How long after it comes back a page counts as untouched; milliseconds. */
const CAME_BACK_MS = 1_000;

type Field = HTMLInputElement & HTMLSelectElement;

const markName = (page: Page) => `${page.key}:gone`;

/**
 * Clears what an earlier page has marked, except what has been given again. This includes what was written as that page
 * ended. Needs no network, unless that page did not know the declaration.
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
  // Another open page may have marked more.
  if (localStorage.getItem(name) !== text) return;
  const unknown = Object.entries(uncleared).filter(([, uses]) => !uses);
  if (unknown[0]) localStorage.setItem(name, JSON.stringify(Object.fromEntries(unknown)));
  else localStorage.removeItem(name);
}

/** Clears withdrawals in a page in which scripts may run. */
export function clearWithdrawn(page: Page): Clear {
  const until = { signal: page.ended };
  /** Withdrawn while this page was open. */
  const uncleared: Uncleared = {};
  /** Fields that the user typed into; false once they have been submitted. */
  const touched = new Map<EventTarget, boolean>();
  let mustEnd = false;
  /**
   * The page has just come back from the browser's cache with its scripts, and the user has done nothing in it yet.
   */
  let cameBack = false;

  /** Whether a script of a withdrawn purpose still runs here. */
  const isRunning = () => page.gate.ran().some((word) => word !== 'necessary' && !isGiven(word, page.view()));

  /** For the next page: scripts may write for as long as this page is open. */
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
      // The fields are reset after the event. A submitted form may still be on its way.
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

/** Uses of a purpose. For one of its services, also the uses that are not specific to another service. */
function usesOf(word: string, purposes?: BannerDocument['purposes']): TerminalUse[] | undefined {
  const [id, service] = word.split('/');
  const uses = purposes?.find((purpose) => purpose.id === id)?.terminal;
  return uses?.filter(({ vendor }) => !service || !vendor || vendor === service);
}

function readMark(text: string | null): Uncleared {
  return attempt(() => JSON.parse(text!)) ?? {};
}

/** Clears, and lists in the console what a page cannot reach. */
async function clearUses(uncleared: Uncleared): Promise<void> {
  const { left } = await clearTerminal(Object.values(uncleared).flatMap((uses) => uses ?? []));
  const names = left.filter(({ why }) => why === 'third_party' || why === 'still_there').map(({ name }) => name);
  if (names.length) console.info(`samtycke: out of a page's reach: ${names.join(', ')}`);
}

/**
 * Whether a reload would lose nothing that the user typed or chose. Frameworks change a field's default along with its
 * value, so a touched field is clean only if it is empty or was submitted.
 */
export function isClean(touched: ReadonlyMap<EventTarget, boolean>): boolean {
  const fields = new Set([...touched.keys(), ...document.querySelectorAll('input,textarea,select')] as Field[]);
  return ![...fields].some((field) => {
    const typed = touched.get(field);
    if (!field.isConnected || typed === false) return false;
    return typed ? (field.value ?? field.textContent) !== '' : isChanged(field);
  });
}

/** Whether a field differs from what the page set. */
function isChanged(field: Field): boolean {
  if (field.options) {
    const options = [...field.options];
    const byPage = options.some((option) => option.defaultSelected);
    // If no option is marked, a browser shows the first one that is enabled.
    const first = field.multiple ? undefined : options.find((option) => !option.disabled);
    return options.some((option) => option.selected !== (byPage ? option.defaultSelected : option === first));
  }
  if (/^(checkbox|radio)$/.test(field.type)) return field.checked !== field.defaultChecked;
  if (/^(hidden|submit|button|reset|image)$/.test(field.type)) return false;
  return field.value !== field.defaultValue;
}
