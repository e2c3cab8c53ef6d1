/**
 * Google Consent Mode v2, basic mode: everything is denied before any tag, and updated as soon as the choice is known.
 *
 * In basic mode Google's scripts are gated like any other, so that nothing reaches Google before a grant. This file
 * loads none of them. It only tells those that the gate releases what they may do.
 */
import type { BannerPurpose } from '../contract.js';
import type { Page } from '../setup.js';
/** Consent types of developers.google.com/tag-platform/security/concepts/consent-mode. */
export declare const GOOGLE_TYPES: readonly ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage', 'functionality_storage', 'personalization_storage', 'security_storage'];
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
export declare function bridge(page: Page, allowed: (purpose: string) => boolean): Promise<void>;
/** Says at once that everything is denied, before everything that the page has queued. */
export declare function createGoogle(options?: GoogleOptions, page?: GoogleWindow): Google;
/**
 * A type is granted if at least one purpose names it and every purpose that names it is permitted. All others are
 * denied.
 */
export declare function googleConsent(purposes: readonly BannerPurpose[], allowed: (purpose: string) => boolean): Record<GoogleType, 'granted' | 'denied'>;
