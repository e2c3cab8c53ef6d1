import type { Ui, UiContext } from '../contract.js';
import type { Control } from './control.js';
import { type Action, askedPurposes, decisionOf, excludedByGpc, isInitiallyOn } from './decision.js';
import { button, el, layer, name, rootElement } from './el.js';
import { firstLayer } from './layer1.js';
import { liveRegion, say } from './live.js';
import { createRoot, moveToTopLayer } from './root.js';
import type { UiParts } from './settings.js';
import { FRESH_ATTRIBUTE, ignoreClicksBriefly, whenSeen } from './sight.js';
import { createStyles } from './styles.js';

/** On the question while the settings lie over it. */
const BEHIND = 'data-samtycke-behind';
type Choice = ReturnType<typeof decisionOf>;
const PARTS: UiParts = { el, button, name, layer, rootElement, isInitiallyOn, excludedByGpc };

/**
 * The user interface: draws, and reports what the person says. It decides nothing and stores nothing. Layers leave the
 * screen before the decision is reported, so a slow page never keeps the question up. The question is here; the settings,
 * the control, what measures a yes, and what few have to be told come in a part of their own when somebody comes near.
 */
export function mount(context: UiContext): Ui {
  const asked = askedPurposes(context.document);
  const live = liveRegion(context);
  let first: HTMLElement | undefined;
  let second: HTMLDialogElement | undefined;
  let control: Control | undefined;
  let rest: typeof import('./settings.js') | undefined;
  let isAsking = false;
  const hashes = new WeakMap<HTMLElement, string | undefined>();
  let hasControl = false;
  const isModal = (layer?: HTMLElement) => layer?.localName === 'dialog';
  const root = createRoot(
    () => !!(first ?? second),
    () => !!second || isModal(first),
    () => {
      styles.keep();
      for (const part of [control?.element, first, second, live]) if (part?.isConnected) moveToTopLayer(part);
      // `document.open()` takes every listener away.
      if (first) addHandlers(first);
      if (second) addHandlers(second);
      control?.draw(true);
    },
  );
  const styles = createStyles(context.options, root.element);
  const end = new AbortController();
  root.element.append(live);
  root.look();

  async function load() {
    const loaded = await import('./settings.js');
    if (!rest) styles.add(loaded.RULES);
    rest = loaded;
    return loaded;
  }
  const loadQuietly = () => void (first && measure(first));
  // Whoever comes near is likely to open the settings.
  for (const event of ['pointerover', 'focusin']) root.element.addEventListener(event, loadQuietly, { once: true });

  function put(part: HTMLElement, opener?: MouseEvent): void {
    if (part === control?.element) live.before(part);
    else root.element.prepend(part);
    root.look();
    moveToTopLayer(part);
    ignoreClicksBriefly(part, opener);
  }

  async function prompt(): Promise<void> {
    if (isAsking || !asked.length) return;
    isAsking = true;
    const isTold = context.gpc || context.changes() || asked.some(({ purpose }) => context.chosen(purpose.id));
    const told = isTold && (await load().catch(() => {}))?.notes(context, asked, PARTS);
    if (!isAsking || first) return;
    const layer = firstLayer(context, told);
    first = layer;
    addHandlers(layer);
    put(layer);
    if (isModal(layer)) layer.focus();
    // The settings stay over it, where they were opened first.
    if (second) setBehind(true);
    whenSeen(0, () => first === layer && context.shown());
  }

  async function settings(opener?: MouseEvent): Promise<void> {
    const { secondLayer } = await load();
    if (second || end.signal.aborted) return;
    second = secondLayer(context, asked, PARTS);
    addHandlers(second);
    setBehind(true);
    put(second, opener);
    // Its name is read out, and people read from the top.
    second.focus();
    void measure(second);
  }

  /** Where the settings cannot be had, what is told without them can be. */
  function openSettings(opener?: MouseEvent): void {
    settings(opener).catch((error) => {
      console.error('samtycke: the settings cannot be loaded', error);
      if (context.options.declaration) open(context.options.declaration);
    });
  }

  function setBehind(is: boolean): void {
    first?.toggleAttribute(BEHIND, is);
  }

  /** Closes the settings, and returns to the question where one is open: that alone is closed without an answer. */
  function dismiss(opener?: MouseEvent): void {
    if (second) {
      closeSettings();
      if (first) ignoreClicksBriefly(first, opener);
    } else choose('close', true);
  }

  function closeSettings(): void {
    const dialog = second;
    second = undefined;
    // What opened them gets the focus back, so it has to be in sight before they go.
    setBehind(false);
    dialog?.close?.();
    dialog?.remove();
    root.look();
  }

  /** Listens to a layer's buttons. */
  function addHandlers(layer: HTMLElement): void {
    requestAnimationFrame(() => {
      const body = layer.querySelector<HTMLElement>('.samtycke-body');
      // What scrolls must scroll by keyboard too.
      if (body && body.scrollHeight > body.clientHeight && !body.querySelector('a,input,summary')) body.tabIndex = 0;
    });
    layer.onclick = (event) => {
      const { target, isTrusted } = event;
      if (target instanceof HTMLInputElement) return onToggle(event);
      const button = (target as Element).closest<HTMLElement>('[data-samtycke-action]');
      const action = button?.dataset.samtyckeAction;
      if (!action || (isTrusted && layer.hasAttribute(FRESH_ATTRIBUTE))) return;
      if (action === 'settings') openSettings(event);
      else if (action === 'close') dismiss(event);
      else choose(action as Action, isTrusted, button!, layer);
    };
    layer.onkeydown = (event) => {
      const { key, repeat } = event;
      if (key === 'Escape') dismiss();
      // A key that is held down answers nothing, whatever it began on.
      else if (!(repeat && /^(Enter| )$/.test(key))) return;
      event.preventDefault();
    };
    // The browser's own ways to close: not a choice.
    layer.oncancel = (event) => {
      event.preventDefault();
      dismiss();
    };
    layer.onclose = () => layer.isConnected && layer === (second ?? first) && dismiss();
  }

  /** A script's click can switch off and not on. Only people give. */
  function onToggle(event: MouseEvent): void {
    if (event.isTrusted || context.testing || !(event.target as HTMLInputElement).checked) return;
    event.preventDefault();
    refuseProgramClick();
  }

  function refuseProgramClick(): void {
    say(live, context.document.words.by_hand);
    load().then((part) => part.warnProgram(), console.error);
  }

  /** A script may say no for the person, as automatic rejecters do. Only the person gives. */
  function choose(action: Action, trusted: boolean, button?: HTMLElement, layer?: HTMLElement): void {
    const on = (purpose: number, vendor?: string) => !!second && !!rest?.isOn(second, purpose, vendor);
    const decision = decisionOf(action, asked, on, excludedByGpc(context, asked));
    if (!decision.given.length) {
      if (action === 'accept') dismiss();
      else finish(decision);
    } else if (!trusted && !context.testing) refuseProgramClick();
    else if (button && layer) measureAndGive(decision, button, layer);
  }

  /** Hashes what a layer looks like. Where the network is gone nothing is measured, and the record says so by having no hash. */
  async function measure(layer: HTMLElement): Promise<void> {
    const part = await load().catch(() => {});
    hashes.set(layer, await part?.uiHash(part.measureLayer(layer, layer === second ? 2 : 1, context)));
  }

  /** Takes a yes where "no" is as good, as it is on the screen now. */
  function measureAndGive(decision: Choice, button: HTMLElement, layer: HTMLElement): void {
    // Measured as soon as somebody came near, so that a press waits for nothing.
    if (!hashes.has(layer))
      return void measure(layer).then(() => layer.isConnected && measureAndGive(decision, button, layer));
    // A test does not wait.
    layer.removeAttribute(FRESH_ATTRIBUTE);
    if (!rest?.isRefusalWeak(layer, button)) finish(decision, hashes.get(layer));
    // What was switched off is taken back all the same.
    else if (decision.kind === 'save' && decision.refused[0]) finish({ ...decision, given: [] });
  }

  function finish(decision: Choice, hash?: string): void {
    close();
    context.decide({ ...decision, ...(hash && { ui_hash: hash }), gpc_shown: context.gpc });
    drawControl();
  }

  function close(): void {
    const layer = first;
    first = undefined;
    isAsking = false;
    closeSettings();
    // Closing gives the focus back to what opened it; only then may a dialog go.
    if (isModal(layer)) (layer as HTMLDialogElement).close?.();
    layer?.remove();
    root.look();
    if (layer) drawControl();
  }

  /** Not while somebody is asked: they can answer the question itself. */
  function drawControl(): void {
    if (!hasControl || isAsking) return;
    load().then(({ createControl }) => {
      if (end.signal.aborted || isAsking) return;
      control ??= createControl(context, asked, PARTS, end.signal, (event) => {
        if (event.isTrusted && control?.element.hasAttribute(FRESH_ATTRIBUTE)) return;
        if (/settings/.test((event.currentTarget as HTMLElement).dataset.samtyckeAction!)) openSettings(event);
        else choose('reject', event.isTrusted);
      });
      const { element } = control;
      if (!control.draw()) element.remove();
      else if (!element.isConnected) put(element);
    }, console.error);
  }

  return {
    prompt,
    settings: () => settings(),
    control() {
      hasControl = true;
      // A question that is about to come makes it needless for now.
      requestAnimationFrame(drawControl);
    },
    close,
    say: (text) => say(live, text),
    unmount() {
      hasControl = false;
      close();
      end.abort();
      root.stop();
      styles.remove();
    },
  };
}
