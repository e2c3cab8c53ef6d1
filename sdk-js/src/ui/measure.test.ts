import { afterEach, describe, expect, it, vi } from 'vitest';
import { documents } from '../../test/ui-lab/fixtures.js';
import { hash, type LayerMeasure, measure } from './measure.js';

/** A layer with one button, as far as measuring looks. */
function layerWith(background: string): Element {
  const behind = { parentElement: null };
  const button = {
    dataset: { samtyckeAction: 'reject' },
    localName: 'button',
    offsetHeight: 44,
    offsetWidth: 160,
    parentElement: behind,
  };
  vi.stubGlobal('innerWidth', 1280);
  vi.stubGlobal('getComputedStyle', (element: unknown) => ({
    backgroundColor: element === button ? background : 'rgb(255, 255, 255)',
    color: 'rgb(255, 255, 255)',
    fontSize: '15px',
    fontWeight: '600',
  }));
  return { querySelectorAll: () => [button] } as unknown as Element;
}

function measured(background = 'rgb(20, 20, 20)'): LayerMeasure {
  return measure(layerWith(background), 1, {
    document: documents.sv!,
    options: { control: 'auto', position: 'bottom', layout: 'card', theme: 'auto' },
    gpc: false,
    chosen: () => undefined,
    asked: () => [],
    changes: () => undefined,
    testing: false,
    decide() {},
    shown() {},
  });
}

/** RFC 8785, as far as it matters here: members sorted at every depth. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe('measured layer', () => {
  it('is canonical JSON', () => {
    const what = measured();
    expect(JSON.stringify(what)).toBe(JSON.stringify(sorted(what)));
    expect(what).toMatchObject({ layer: 1, notice: documents.sv!.notice, viewport: 12, theme: 'auto' });
  });

  it('a transparent button has the colour behind it', () => {
    expect(measured('rgba(0, 0, 0, 0)').buttons[0]!.background).toBe('rgb(255, 255, 255)');
    expect(measured('rgba(255, 255, 255, 0)').buttons[0]!.background).toBe('rgb(255, 255, 255)');
    expect(measured('rgb(0, 0, 0)').buttons[0]!.background).toBe('rgb(0, 0, 0)');
  });
});

describe('hash of a layer', () => {
  it('equal layers have equal hashes of 64 hex digits', async () => {
    const digest = await hash(measured());
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash(measured())).toBe(digest);
    expect(await hash(measured('rgb(0, 0, 0)'))).not.toBe(digest);
  });

  it('without Web Crypto there is no hash', async () => {
    const what = measured();
    vi.stubGlobal('crypto', {});
    expect(await hash(what)).toBeUndefined();
  });
});
