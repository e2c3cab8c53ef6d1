import { describe, expect, it } from 'vitest';
import { documents } from '../../test/ui-lab/fixtures.js';
import type { UiContext } from '../contract.js';
import { askedPurposes, decisionOf, isInitiallyOn } from './decision.js';

const notice = documents.sv!;
const asked = askedPurposes(notice);

describe('purposes that are asked', () => {
  it('a purpose without texts is left out', () => {
    const text = { ...notice.text, purposes: notice.text.purposes.filter(({ id }) => id !== 'ads') };
    expect(askedPurposes({ ...notice, text }).map(({ purpose }) => purpose.id)).toEqual(['statistics', 'health']);
  });
});

describe('decision of a button', () => {
  it('accept excludes what needs a statement of its own', () => {
    expect(decisionOf('accept', asked, () => true)).toEqual({
      kind: 'accept',
      method: 'button',
      given: ['statistics', 'ads'],
      refused: [],
    });
  });

  it('refuse refuses everything, whatever the switches say', () => {
    expect(decisionOf('reject', asked, () => true)).toEqual({
      kind: 'reject',
      method: 'button',
      given: [],
      refused: ['statistics', 'ads', 'health'],
    });
  });

  it('save follows the switches', () => {
    expect(decisionOf('save', asked, (index) => index === 2)).toEqual({
      kind: 'save',
      method: 'toggle_save',
      given: ['health'],
      refused: ['statistics', 'ads'],
    });
  });

  it('accept neither gives nor refuses what GPC denies', () => {
    expect(decisionOf('accept', asked, () => true, [asked[1]!])).toMatchObject({ given: ['statistics'], refused: [] });
  });

  it('a purpose with services is answered by service', () => {
    const services = [
      { id: 'pixla', name: 'Pixla' },
      { id: 'rullen', name: 'Rullen' },
    ];
    const [first, ads] = asked;
    const each = [first!, { ...ads!, purpose: { ...ads!.purpose, vendors: services } }];
    expect(decisionOf('accept', each, () => false).given).toEqual(['statistics', 'ads/pixla', 'ads/rullen']);
    expect(decisionOf('reject', each, () => true).refused).toEqual(['statistics', 'ads/pixla', 'ads/rullen']);
    const one = (index: number, vendor?: string) => index === 1 && (!vendor || vendor === 'rullen');
    expect(decisionOf('save', each, one)).toMatchObject({
      given: ['ads/rullen'],
      refused: ['statistics', 'ads/pixla'],
    });
  });

  it('close makes no choice', () => {
    expect(decisionOf('close', asked, () => true)).toMatchObject({ kind: 'close', given: [], refused: [] });
  });
});

describe('initial state of a switch', () => {
  const context = (gpc: boolean, chosen: boolean | undefined, acknowledged?: boolean): UiContext => ({
    document: notice,
    options: { control: 'auto', position: 'bottom', layout: 'card', theme: 'auto' },
    gpc,
    chosen: () => chosen,
    ...(acknowledged !== undefined && { acknowledged: () => acknowledged }),
    asked: () => [],
    changes: () => undefined,
    testing: false,
    decide() {},
    shown() {},
  });
  const ads = asked[1]!.purpose;
  const statistics = asked[0]!.purpose;

  it.each([
    ['nothing said', false, undefined, undefined, false],
    ['no', false, false, undefined, false],
    ['yes', false, true, undefined, true],
    ['yes, before the signal', true, true, undefined, false],
    ['yes, not in sight of the signal', true, true, false, false],
    ['yes, in sight of the signal', true, true, true, true],
    ['nothing said, in sight of the signal', true, undefined, true, false],
  ])('%s', (_name, gpc, chosen, acknowledged, on) => {
    expect(isInitiallyOn(context(gpc, chosen, acknowledged), ads)).toBe(on);
  });

  it('a purpose that GPC does not deny ignores it', () => {
    expect(isInitiallyOn(context(true, true), statistics)).toBe(true);
  });
});
