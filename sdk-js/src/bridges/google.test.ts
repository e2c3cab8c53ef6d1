import { describe, expect, test } from 'vitest';
import type { BannerPurpose } from '../contract.js';
import { createGoogle, type GoogleWindow, googleConsent } from './google.js';

const purpose = (id: string, ...consent_mode: string[]): BannerPurpose => ({
  id,
  category: 'statistics',
  gpc: false,
  own_statement: false,
  consent_mode,
  reask_s: 0,
  terminal: [],
  vendors: [],
});
const count = purpose('count', 'analytics_storage');
const ads = purpose('ads', 'ad_storage', 'ad_user_data', 'ad_personalization');
const share = purpose('share', 'ad_user_data');
const all = [count, ads, share];
const only =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);

const denied = {
  ad_storage: 'denied',
  ad_user_data: 'denied',
  ad_personalization: 'denied',
  analytics_storage: 'denied',
  functionality_storage: 'denied',
  personalization_storage: 'denied',
  security_storage: 'denied',
};
const commands = (page: GoogleWindow) => (page.dataLayer ?? []).map((entry) => Array.from(entry as ArrayLike<unknown>));

describe('googleConsent', () => {
  test('a type is granted if every purpose that names it is', () => {
    expect(googleConsent(all, only('ads'))).toEqual({
      ...denied,
      ad_storage: 'granted',
      ad_personalization: 'granted',
    });
    expect(googleConsent(all, only('ads', 'share'))).toMatchObject({ ad_user_data: 'granted' });
  });

  test('a type that no purpose names is never granted', () => {
    expect(googleConsent(all, () => true)).toMatchObject({
      functionality_storage: 'denied',
      security_storage: 'denied',
    });
    expect(googleConsent([], () => true)).toEqual(denied);
  });
});

describe('createGoogle', () => {
  test('denies at once, updates on changes only, denies again', () => {
    const page: GoogleWindow = {};
    const google = createGoogle(
      { wait_for_update: 500, region: ['SE'], ads_data_redaction: true, url_passthrough: false },
      page,
    );
    google.update(all, only());
    google.update(all, only());
    google.update(all, only('count'));
    google.update(all, only());
    expect(commands(page)).toEqual([
      ['consent', 'default', { ...denied, wait_for_update: 500, region: ['SE'] }],
      ['set', 'ads_data_redaction', true],
      ['set', 'url_passthrough', false],
      ['consent', 'update', denied],
      ['consent', 'update', { ...denied, analytics_storage: 'granted' }],
      ['consent', 'update', denied],
    ]);
    expect(Object.prototype.toString.call(page.dataLayer?.[0])).toBe('[object Arguments]');
  });

  test('goes before queued events; keeps the queue and gtag', () => {
    const dataLayer: unknown[] = [{ event: 'early' }];
    const gtag = (...parts: unknown[]) => void dataLayer.push(parts);
    const page: GoogleWindow = { dataLayer, gtag };
    createGoogle({}, page);
    expect(page.dataLayer).toBe(dataLayer);
    expect(page.gtag).toBe(gtag);
    expect(dataLayer).toEqual([['consent', 'default', denied], { event: 'early' }]);
  });

  test('a default of the page is not repeated; updates are sent', () => {
    const page: GoogleWindow = { dataLayer: [] };
    page.gtag = (...parts) => void page.dataLayer!.push(parts);
    page.gtag('consent', 'default', { ...denied, region: ['SE'] });
    page.dataLayer!.push({ event: 'gtm.js' });
    const google = createGoogle({ ads_data_redaction: true }, page);
    google.update(all, only('count'));
    expect(page.dataLayer!.map((entry) => (Array.isArray(entry) ? entry.slice(0, 2).join(' ') : entry))).toEqual([
      'set ads_data_redaction',
      'consent default',
      { event: 'gtm.js' },
      'consent update',
    ]);
  });

  test('a queue that a tag has taken over is only appended to', () => {
    const dataLayer: unknown[] = [{ event: 'early' }];
    dataLayer.push = (...entries) => Array.prototype.push.apply(dataLayer, entries);
    createGoogle({}, { dataLayer });
    expect(dataLayer[0]).toEqual({ event: 'early' });
    expect(dataLayer).toHaveLength(2);
  });
});
