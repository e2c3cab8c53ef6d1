/**
 * Google Consent Mode v2, basic mode: everything denied before any tag, and an update as soon as it is known better.
 *
 * Basic means that Google's scripts are gated like any other, so that nothing reaches Google before a yes. This file
 * loads none of them and never will. It only says, to those that the gate lets through, what they may do.
 */
import type { BannerPurpose } from '../contract.js';
import type { Page } from '../setup.js';
/** Consent types of developers.google.com/tag-platform/security/concepts/consent-mode. */
export declare const GOOGLE_TYPES: readonly ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage', 'functionality_storage', 'personalization_storage', 'security_storage'];
/** One of Google's consent types. */
export type GoogleType = (typeof GOOGLE_TYPES)[number];
/** Google's own names, as Google's documents have them. */
export interface GoogleOptions {
    /** Milliseconds that tags wait for the first update. */
    wait_for_update?: number;
    /** ISO 3166-2 regions of the default. Left out: everywhere, which is what you want unless a lawyer says otherwise. */
    region?: string[];
    ads_data_redaction?: boolean;
    url_passthrough?: boolean;
}
/** The two globals that Google's tags read. */
export interface GoogleWindow {
    dataLayer?: unknown[];
    gtag?: (...parts: unknown[]) => void;
}
/** What `createGoogle` answers. */
export interface Google {
    /** Says what is permitted now. To be called before the gate, and before any event of the page. Says nothing twice. */
    update(purposes: readonly BannerPurpose[], allowed: (purpose: string) => boolean): void;
}
/** Takes the bridge into a page's service: done when Google has been told what is permitted, or it is known that it cannot be. */
export declare function bridge(page: Page, allowed: (purpose: string) => boolean): Promise<void>;
/** Says that everything is denied, at once, and before whatever the page has queued already. */
export declare function createGoogle(options?: GoogleOptions, page?: GoogleWindow): Google;
/** A type is granted if some purpose names it and every purpose that names it is permitted. All else is denied. */
export declare function googleConsent(purposes: readonly BannerPurpose[], allowed: (purpose: string) => boolean): Record<GoogleType, 'granted' | 'denied'>;
