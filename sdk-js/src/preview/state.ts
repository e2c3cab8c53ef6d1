/** What can be asked of a stage, and its answer. */
import type { UiOptions, Variant } from '../contract.js';

/** `again`: asked again, since something changed. `signal`: the control while the browser sends GPC. */
export const SHOWS = ['first', 'again', 'second', 'placeholder', 'control', 'signal'] as const;
export const THEMES = ['light', 'dark'] as const;
export const WIDTHS = [320, 1280] as const;
export const POSITIONS = ['bottom', 'top', 'centre'] as const;
export const LAYOUTS = ['card', 'bar', 'modal'] as const;
/** The page behind: one that leaves the banner alone, or one whose style sheet does not. */
export const PAGES = ['plain', 'hostile'] as const;

/** One state of the banner. */
export interface Scene {
  /** A publishable key. */
  key: string;
  /** A language, or a language and an audience: `sv`, `sv-child`. */
  language: string;
  show: (typeof SHOWS)[number];
  theme: (typeof THEMES)[number];
  width: (typeof WIDTHS)[number];
  position: UiOptions['position'];
  layout: UiOptions['layout'];
  page: (typeof PAGES)[number];
  gpc: boolean;
}

/** What all pictures of a page share. If one of these changes, everything is drawn again. */
export const SHARED = ['key', 'position', 'layout', 'page', 'gpc'] as const;

export function isAlike(one: Scene | undefined, other: Scene): boolean {
  return SHARED.every((name) => one?.[name] === other[name]);
}

/** The result of one guard. `name` is a key of the page's texts. */
export interface Guard {
  name: string;
  ok: boolean;
  figure: string;
}

/** What a stage tells the page that contains it. */
export interface Report {
  samtycke: 'report' | 'ready';
  scene?: string;
  guards?: Guard[];
  error?: string;
}

/** `sv-child` -> Swedish, for children. */
export function spoken(language: string): { tag: string; variant: Variant } {
  const [, tag, variant] = /^(.+?)(?:-(teen|child))?$/.exec(language) ?? [];
  return { tag: tag ?? language, variant: (variant as Variant | undefined) ?? 'adult' };
}

/** A scene as one string: the page's address, and the name of its results. */
export function written(scene: Scene): string {
  return new URLSearchParams({ ...scene, width: String(scene.width), gpc: scene.gpc ? '1' : '' }).toString();
}

/** A scene from an address; missing or unknown parts come from `otherwise`. */
export function read(text: string, otherwise: Scene): Scene {
  const query = new URLSearchParams(text);
  const of = <T extends string>(name: string, known: readonly T[], or: T): T =>
    known.find((value) => value === query.get(name)) ?? or;
  return {
    key: query.get('key') || otherwise.key,
    language: query.get('language') || otherwise.language,
    show: of('show', SHOWS, otherwise.show),
    theme: of('theme', THEMES, otherwise.theme),
    width: query.has('width') ? (query.get('width') === '320' ? 320 : 1280) : otherwise.width,
    position: of('position', POSITIONS, otherwise.position),
    layout: of('layout', LAYOUTS, otherwise.layout),
    page: of('page', PAGES, otherwise.page),
    gpc: query.has('gpc') ? query.get('gpc') === '1' : otherwise.gpc,
  };
}
