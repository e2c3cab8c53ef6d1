/**
 * Google Consent Mode v2, basic mode: everything is denied before any tag, and updated as soon as the choice is known.
 *
 * In basic mode Google's scripts are gated like any other, so that nothing reaches Google before a grant. This file
 * loads none of them. It only tells those that the gate releases what they may do.
 */
import type { BannerPurpose } from '../contract.js';
import type { Page } from '../setup.js';

/** Consent types of developers.google.com/tag-platform/security/concepts/consent-mode. */
export const GOOGLE_TYPES = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const;

/** One of Google's consent types. */
export type GoogleType = (typeof GOOGLE_TYPES)[number];

/** Google's own names, as Google documents them. */
export interface GoogleOptions {
  /** Milliseconds that tags wait for the first update. */
  wait_for_update?: number;
  /**
   * ISO 3166-2 regions of the default. Absent: everywhere, which is the right choice unless a lawyer says otherwise.
   */
  region?: string[];
  ads_data_redaction?: boolean;
  url_passthrough?: boolean;
}

/** The two globals that Google's tags read. */
export interface GoogleWindow {
  dataLayer?: unknown[];
  gtag?: (...parts: unknown[]) => void;
}

/** The result of `createGoogle`. */
export interface Google {
  /**
   * Tells Google what is permitted now. Call it before the gate, and before any event of the page. Skips what was
   * already said.
   */
  update(purposes: readonly BannerPurpose[], allowed: (purpose: string) => boolean): void;
}

/** Connects the bridge to a page. Resolves when Google has been told what is permitted, or cannot be told. */
export async function bridge(page: Page, allowed: (purpose: string) => boolean): Promise<void> {
  const google = createGoogle();
  page.bridge = () => page.known && google.update(page.known.purposes, allowed);
  page.changed();
  await page.banner();
}

/** Says at once that everything is denied, before everything that the page has queued. */
export function createGoogle(options: GoogleOptions = {}, page: GoogleWindow = globalThis as GoogleWindow): Google {
  page.dataLayer ??= [];
  const queue = page.dataLayer;
  // Google's scripts take an `arguments` object for a command, and an array for something else.
  page.gtag ??= function gtag() {
    // biome-ignore lint/complexity/noArguments: see above.
    queue.push(arguments);
  };
  const { wait_for_update, region, ads_data_redaction, url_passthrough } = options;
  const waiting = { ...(wait_for_update !== undefined && { wait_for_update }), ...(region && { region }) };
  // The page's head may have said it already, for tags that do not wait for the banner.
  const isSaid = queue.some((entry) => isDefault(entry as ArrayLike<unknown>));
  const first: unknown[][] = isSaid ? [] : [['consent', 'default', { ...everything('denied'), ...waiting }]];
  if (ads_data_redaction !== undefined) first.push(['set', 'ads_data_redaction', ads_data_redaction]);
  if (url_passthrough !== undefined) first.push(['set', 'url_passthrough', url_passthrough]);
  sayFirst(first, queue, page.gtag);

  let said = '';
  return {
    update(purposes, allowed) {
      const now = googleConsent(purposes, allowed);
      const key = JSON.stringify(now);
      if (key === said) return;
      said = key;
      page.gtag?.('consent', 'update', now);
    },
  };
}

/**
 * A type is granted if at least one purpose names it and every purpose that names it is permitted. All others are
 * denied.
 */
export function googleConsent(
  purposes: readonly BannerPurpose[],
  allowed: (purpose: string) => boolean,
): Record<GoogleType, 'granted' | 'denied'> {
  const consent = everything('denied');
  for (const type of GOOGLE_TYPES) {
    const naming = purposes.filter(({ consent_mode }) => consent_mode.includes(type));
    if (naming.length && naming.every(({ id }) => allowed(id))) consent[type] = 'granted';
  }
  return consent;
}

/** In Google's own form. */
function isDefault(entry: ArrayLike<unknown> | undefined): boolean {
  return entry?.[0] === 'consent' && entry[1] === 'default';
}

function everything(value: 'granted' | 'denied'): Record<GoogleType, 'granted' | 'denied'> {
  return Object.fromEntries(GOOGLE_TYPES.map((type) => [type, value])) as Record<GoogleType, 'granted' | 'denied'>;
}

/**
 * The page may have queued events earlier. Until a tag has taken over the queue, our commands go before those events: a
 * default does not apply to events before it.
 */
function sayFirst(commands: unknown[][], queue: unknown[], gtag: (...parts: unknown[]) => void): void {
  const untouched = queue.push === Array.prototype.push;
  const earlier = untouched ? queue.splice(0) : [];
  for (const command of commands) gtag(...command);
  queue.push(...earlier);
}
