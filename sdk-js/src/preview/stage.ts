import type { BannerDocument, NoticeChanges, UiContext } from '../contract.js';
import { showPlaceholder } from '../gate/placeholder.js';
import { mount } from '../ui/index.js';
import { guardsOf, isDrawn, whatIsKept } from './guards.js';
import { makeHostile } from './hostile.js';
import { type Report, read, type Scene, spoken } from './state.js';

/** Frames to wait once a part has been loaded. */
const FRAMES_MAX = 120;

const documents = new Map<string, Promise<BannerDocument>>();
/** Removes what is drawn from the stage. */
let clear = () => {};
let latest = '';

/** Draws what the page around asks for, and answers with the guards' results. */
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
  if (!isWanted()) return;
  clear();
  const { frame, page } = scenery(scene, banner);
  const calm = scene.page === 'hostile' ? makeHostile() : () => {};
  const before = await whatIsKept();
  const mounted = mount(contextOf(scene, banner));
  let release = () => {};
  clear = () => {
    release();
    mounted.unmount();
    page.remove();
    calm();
  };
  if (scene.show === 'first' || scene.show === 'again') mounted.prompt();
  if (scene.show === 'second') await mounted.settings();
  if (scene.show === 'control' || scene.show === 'signal') mounted.control();
  if (scene.show === 'placeholder') {
    const port = { ask() {}, document: async () => banner, theme: scene.theme };
    release = await showPlaceholder(frame, ['marketing'], () => [], port);
  }
  await laidOut(scene.show);
  if (!isWanted()) return;
  return guardsOf(scene.show, banner, before);
}

/** No choice is stored: switches start off, and clicks decide nothing. */
function contextOf({ show, theme, layout, position, gpc }: Scene, banner: BannerDocument): UiContext {
  const ids = banner.purposes.map(({ id }) => id);
  const isAgain = show === 'again';
  const isHeard = show === 'signal';
  // A user who is asked again gave the last purpose once, and it still holds.
  const stands = isAgain && ids.length > 1 ? ids.at(-1) : undefined;
  return {
    // If nothing of the site follows the signal, it would change nothing. Here everything follows it.
    document: isHeard ? { ...banner, purposes: banner.purposes.map((each) => ({ ...each, gpc: true })) } : banner,
    options: { control: 'auto', position, layout, theme },
    gpc: gpc || isHeard,
    chosen: (word) => word.split('/')[0] === stands || undefined,
    asked: () => ids.filter((id) => id !== stands),
    changes: () => (isAgain ? changesOf(banner) : undefined),
    testing: false,
    decide() {},
    shown() {},
  };
}

/** As if the first purpose had other kinds of data since, and the second were new. */
function changesOf({ purposes, text }: BannerDocument): NoticeChanges {
  const [changed, fresh] = purposes;
  const data = text.purposes.find(({ id }) => id === changed?.id)?.data ?? '';
  return {
    since: '00000000',
    purposes: [
      ...(changed ? [{ id: changed.id, kind: 'changed' as const, added: [data], removed: [] }] : []),
      ...(fresh ? [{ id: fresh.id, kind: 'new' as const, added: [], removed: [] }] : []),
    ],
  };
}

/** The published document, fetched as a page fetches it. */
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

/** A plain page of grey bars without text, so that the banner stands out. */
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

/** Until fonts and lazy parts are loaded, and everything has its place. */
async function laidOut(show: Scene['show']): Promise<void> {
  await document.fonts.ready;
  for (let frame = 0; frame < FRAMES_MAX && !isDrawn(show); frame += 1) await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}
