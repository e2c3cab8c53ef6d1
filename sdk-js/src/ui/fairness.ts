import { type ButtonMeasure, measureButtons } from './measure.js';

/** One criterion of a fair prompt, and whether this prompt meets it. */
export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

/** Contrasts may differ by rounding only. */
const CONTRAST_TOLERANCE = 0.05;
/** WCAG 2.2, 1.4.3. */
const CONTRAST_MIN = 4.5;
const TARGET_PX_MIN = 44;

/** Red, green and blue (0-255) of a computed colour; `undefined` if it is transparent, or in another colour space. */
export function parseColour(text: string): [number, number, number] | undefined {
  const parts = /^rgb\(/.test(text) ? text.match(/[\d.]+/g)?.map(Number) : undefined;
  return parts?.length === 3 ? [parts[0]!, parts[1]!, parts[2]!] : undefined;
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** Contrast ratio of two computed colours (1-21); 0 if one of them cannot be measured. */
export function contrast(one: string, other: string): number {
  const colours = [parseColour(one), parseColour(other)];
  if (!colours[0] || !colours[1]) return 0;
  const [a, b] = [luminance(colours[0]), luminance(colours[1])];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * Measures a layer on the screen: is refusing as prominent as accepting (EDPB 03/2022, PTS 2023)? For the preview page
 * and for tests; the banner itself only records what it drew.
 */
export function fairness(root: Element): Finding[] {
  return fairnessOf(measureButtons(root));
}

/**
 * The same, from measures. The button to the settings may be less prominent than the choices, but must be readable.
 */
export function fairnessOf(buttons: readonly ButtonMeasure[]): Finding[] {
  const choices = buttons.filter(({ action }) => action !== 'settings');
  const label = ({ colour, background }: ButtonMeasure) => contrast(colour, background);
  const order = buttons.map(({ action }) => action);
  const no = order.indexOf('reject');
  return [
    finding('no and yes in this layer, no first', no >= 0 && no < order.indexOf('accept'), order),
    same('element', choices, ({ element }) => element),
    same('size', choices, ({ width, height }) => `${width} x ${height}`),
    same('font size', choices, ({ font_size }) => font_size),
    same('font weight', choices, ({ font_weight }) => font_weight),
    close('contrast of the label', choices, label),
    close('contrast of the button', choices, ({ background, behind }) => contrast(background, behind)),
    least('readable', buttons.map(label), CONTRAST_MIN),
    least(
      'target',
      buttons.map(({ width, height }) => Math.min(width, height)),
      TARGET_PX_MIN,
    ),
  ];
}

function finding(name: string, ok: boolean, values: readonly (string | number)[]): Finding {
  const rounded = values.map((value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value));
  return { name, ok, detail: rounded.join(' / ') };
}

function same(name: string, buttons: readonly ButtonMeasure[], value: (button: ButtonMeasure) => string): Finding {
  const values = buttons.map(value);
  return finding(name, new Set(values).size === 1, values);
}

function close(name: string, buttons: readonly ButtonMeasure[], value: (button: ButtonMeasure) => number): Finding {
  const values = buttons.map(value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return finding(name, least > 0 && most - least <= most * CONTRAST_TOLERANCE, values);
}

function least(name: string, values: readonly number[], limit: number): Finding {
  return finding(name, Math.min(...values) >= limit, values);
}
