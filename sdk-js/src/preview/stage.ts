import type { BannerDocument, UiContext } from '../contract.js';
import { mount } from '../ui/index.js';
import { guardsOf, whatIsKept } from './guards.js';
import { type Report, read, type Scene, spoken } from './state.js';

/** Of the banner's own files: what pages get, under the names that pages load. The question is in one file with what records it, so it is built in here. */
interface Chunks {
  placeholder: typeof import('../gate/placeholder.js');
}

const documents = new Map<string, Promise<BannerDocument>>();
let files: Promise<string[]> | undefined;
/** Takes what is drawn off the stage. */
let clear = () => {};
let latest = '';

/** Draws whatever the page around asks for, and answers with what the guards say. */
export function openStage(): void {
  addEventListener('message', ({ data, origin, source }) => {
    if (origin !== location.origin || source !== parent || typeof data?.draw !== 'string') return;
    void answer(data.draw);
  });
  tell({ samtycke: 'ready' });
}

function tell(report: Report): void {
  parent.postMessage(report, location.origin);
}

async function answer(scene: string): Promise<void> {
  latest = scene;
  try {
    const guards = await draw(read(scene, {} as Scene), () => latest === scene);
    if (guards) tell({ samtycke: 'report', scene, guards });
  } catch (error) {
    tell({ samtycke: 'report', scene, error: String(error) });
  }
}

async function draw(scene: Scene, isWanted: () => boolean) {
  const banner = await fetched(scene.key, scene.language);
  const placeholder = await chunk('placeholder');
  if (!isWanted()) return;
  clear();
  const { frame, page } = scenery(scene, banner);
  const before = await whatIsKept();
  const mounted = mount(contextOf(scene, banner));
  let release = () => {};
  clear = () => {
    release();
    mounted.unmount();
    page.remove();
  };
  if (scene.show === 'first') mounted.prompt();
  if (scene.show === 'second') await mounted.settings();
  if (scene.show === 'control') mounted.control();
  if (scene.show === 'placeholder') {
    const port = { ask() {}, document: async () => banner, theme: scene.theme };
    release = await placeholder.hold(frame, ['marketing'], () => [], port);
  }
  await laidOut();
  if (!isWanted()) return;
  return guardsOf(scene.show, banner, before);
}

/** Nobody's choice: toggles start switched off, and what is pressed here decides nothing. */
function contextOf({ theme, position, gpc }: Scene, banner: BannerDocument): UiContext {
  return {
    document: banner,
    options: { control: 'auto', position, layout: 'card', theme },
    gpc,
    chosen: () => undefined,
    asked: () => banner.purposes.map(({ id }) => id),
    changes: () => undefined,
    testing: false,
    decide() {},
    shown() {},
  };
}

/** The published document, asked for as a page asks. */
function fetched(key: string, language: string): Promise<BannerDocument> {
  const { tag, variant } = spoken(language);
  const address = `/v1/banner/${encodeURIComponent(key)}?language=${tag}&variant=${variant}`;
  let asked = documents.get(address);
  if (!asked) {
    asked = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    });
    documents.set(address, asked);
  }
  return asked;
}

async function chunk<Name extends keyof Chunks>(name: Name): Promise<Chunks[Name]> {
  files ??= fetch('/sdk/integrity.json').then(async (response) => Object.keys(await response.json()));
  const file = (await files).find((each) => each.startsWith(`${name}.`));
  if (!file) throw new Error(`the server has no ${name}`);
  const address = `/sdk/${file}`;
  return import(address);
}

/** An ordinary page, of grey bars: it says nothing, so that the banner is what is looked at. */
function scenery({ theme, show }: Scene, { language, direction }: BannerDocument) {
  const root = document.documentElement;
  root.lang = language;
  root.dir = direction;
  root.dataset.theme = theme;
  root.dataset.show = show;
  const page = document.createElement('main');
  const part = (tag: string, name: string) => {
    const made = document.createElement(tag);
    made.className = name;
    return page.appendChild(made);
  };
  part('div', 'band');
  part('div', 'title');
  const link = part('a', 'link') as HTMLAnchorElement;
  link.href = '#';
  link.textContent = '—';
  for (const name of ['line', 'line', 'line short']) part('div', name);
  const frame = part('iframe', 'film') as HTMLIFrameElement;
  frame.title = 'Film';
  frame.dataset.src = `${location.protocol}//video.localhost${location.port && `:${location.port}`}/embed`;
  for (const name of ['line', 'line short']) part('div', name);
  document.body.append(page);
  return { frame, page };
}

/** Fonts are there and what was drawn has its place. */
async function laidOut(): Promise<void> {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}
