import { describe, expect, it } from 'vitest';
import { contrast, fairnessOf, parseColour } from './fairness.js';
import type { ButtonMeasure } from './measure.js';

describe('contrast', () => {
  it.each([
    ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 21],
    ['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 1],
    // Grey on white: the two sides of WCAG's limit of 4.5.
    ['rgb(118, 118, 118)', 'rgb(255, 255, 255)', 4.54],
    ['rgb(119, 119, 119)', 'rgb(255, 255, 255)', 4.48],
  ])('%s on %s', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBeCloseTo(ratio, 2);
  });

  it('is 0 where a colour cannot be measured', () => {
    expect(contrast('rgba(0, 0, 0, 0.5)', 'rgb(255, 255, 255)')).toBe(0);
    expect(contrast('oklch(0.5 0.1 200)', 'rgb(255, 255, 255)')).toBe(0);
    expect(parseColour('none')).toBeUndefined();
  });
});

describe('fairness', () => {
  const no: ButtonMeasure = {
    action: 'reject',
    background: 'rgb(20, 20, 20)',
    behind: 'rgb(255, 255, 255)',
    colour: 'rgb(255, 255, 255)',
    element: 'button',
    font_size: '15px',
    font_weight: '600',
    height: 44,
    width: 160,
  };
  const yes = { ...no, action: 'accept' };
  const failing = (...buttons: ButtonMeasure[]) => fairnessOf(buttons).filter(({ ok }) => !ok);
  const names = (...buttons: ButtonMeasure[]) => failing(...buttons).map(({ name }) => name);

  it('equal buttons have no finding', () => {
    expect(failing(no, yes)).toEqual([]);
  });

  it('the settings button may be less prominent', () => {
    expect(failing(no, yes, { ...no, action: 'settings', background: no.behind, colour: 'rgb(20, 20, 20)' })).toEqual(
      [],
    );
  });

  it.each([
    ['no and yes in this layer, no first', [yes, no]],
    ['no and yes in this layer, no first', [yes]],
    ['element', [{ ...no, element: 'a' }, yes]],
    ['size', [no, { ...yes, width: 161 }]],
    ['font size', [{ ...no, font_size: '14px' }, yes]],
    ['font weight', [{ ...no, font_weight: '400' }, yes]],
    ['contrast of the label', [{ ...no, colour: 'rgb(150, 150, 150)' }, yes]],
    ['contrast of the button', [{ ...no, background: 'rgb(90, 90, 90)' }, yes]],
    ['target', [no, yes].map((one) => ({ ...one, height: 40 }))],
    ['readable', [no, yes].map((one) => ({ ...one, colour: 'rgb(90, 90, 90)' }))],
  ])('finds %s', (name, buttons) => {
    expect(names(...buttons)).toContain(name);
  });
});
