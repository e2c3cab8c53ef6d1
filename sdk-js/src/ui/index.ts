import type { Ui, UiContext } from '../contract.js';
import type { Control } from './control.js';
import { type Action, askedPurposes, decisionOf, excluded, isInitiallyOn } from './decision.js';
import { button, el, layer, name, rootElement } from './el.js';
import { firstLayer } from './layer1.js';
import { liveRegion, say } from './live.js';
import { createRoot, moveToTopLayer } from './root.js';
import type { UiParts } from './settings.js';
import { FRESH_ATTRIBUTE, ignoreClicksBriefly, whenSeen } from './sight.js';
import { createStyles } from './styles.js';

/** On the prompt while the settings cover it. */
const BEHIND = 'data-samtycke-behind';
type Choice = ReturnType<typeof decisionOf>;
const PARTS: UiParts = { el, button, name, layer, rootElement, isInitiallyOn, excluded };

/**
 * The user interface: draws, and reports what the user decides. It decides nothing and stores nothing. Layers close
 * before the decision is reported, so that a slow page does not keep the prompt open. This file has the prompt. The
 * settings, the control, the measuring and the rarer texts are in settings.ts, which loads when the pointer or the
 * focus comes near.
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
      // `document.open()` removes every listener.
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
  // A pointer or focus in the banner means that the settings may be opened soon.
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
    // If the settings were opened first, they stay on top.
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
    // Its name is read out, and users read from the top.
    second.focus();
    void measure(second);
  }

  /** If the settings cannot be loaded, opens the declaration. */
  function openSettings(opener?: MouseEvent): void {
    settings(opener).catch((error) => {
      console.error('samtycke: the settings cannot be loaded', error);
      if (context.options.declaration) open(context.options.declaration);
    });
  }

  function setBehind(is: boolean): void {
    first?.toggleAttribute(BEHIND, is);
  }

  /**
   * Closes the settings, and returns to the prompt if one is open. Only the prompt itself is closed without an answer.
   */
  function dismiss(opener?: MouseEvent): void {
    if (second) {
      closeSettings();
      if (first) ignoreClicksBriefly(first, opener);
    } else choose('close', true);
  }

  function closeSettings(): void {
    const dialog = second;
    second = undefined;
    // The element that opened them gets the focus back, so it must be visible before they close.
    setBehind(false);
    dialog?.close?.();
    dialog?.remove();
    root.look();
  }

  /** Adds the handlers of a layer's buttons. */
  function addHandlers(layer: HTMLElement): void {
    requestAnimationFrame(() => {
      const body = layer.querySelector<HTMLElement>('.samtycke-body');
      // A scrolling area must be scrollable by keyboard too.
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
      // A key that is held down answers nothing.
      else if (!(repeat && /^(Enter| )$/.test(key))) return;
      event.preventDefault();
    };
    // The browser's own ways to close a dialog are not a choice.
    layer.oncancel = (event) => {
      event.preventDefault();
      dismiss();
    };
    layer.onclose = () => layer.isConnected && layer === (second ?? first) && dismiss();
  }

  /** A script's click can switch off, and not on: only the user gives. */
  function onToggle(event: MouseEvent): void {
    if (event.isTrusted || context.testing || !(event.target as HTMLInputElement).checked) return;
    event.preventDefault();
    refuseProgramClick();
  }

  function refuseProgramClick(): void {
    say(live, context.document.words.by_hand);
    load().then((part) => part.warnProgram(), console.error);
  }

  /** A script may refuse for the user, as automatic rejecters do. Only the user gives. */
  function choose(action: Action, trusted: boolean, button?: HTMLElement, layer?: HTMLElement): void {
    const on = (purpose: number, vendor?: string) => !!second && !!rest?.isOn(second, purpose, vendor);
    const decision = decisionOf(action, asked, on, excluded(context, asked));
    if (!decision.given.length) {
      if (action === 'accept') dismiss();
      else finish(decision);
    } else if (!trusted && !context.testing) refuseProgramClick();
    else if (button && layer) measureAndGive(decision, button, layer);
  }

  /** Hashes the layer's appearance. Without a network nothing is measured, and the record has no hash. */
  async function measure(layer: HTMLElement): Promise<void> {
    const part = await load().catch(() => {});
    hashes.set(layer, await part?.hash(part.measure(layer, layer === second ? 2 : 1, context)));
  }

  /** Accepts a grant if refusing is as prominent, as the page draws it now. */
  function measureAndGive(decision: Choice, button: HTMLElement, layer: HTMLElement): void {
    // Measured when the pointer came near, so that a click does not wait.
    if (!hashes.has(layer))
      return void measure(layer).then(() => layer.isConnected && measureAndGive(decision, button, layer));
    // A test does not wait.
    layer.removeAttribute(FRESH_ATTRIBUTE);
    if (!rest?.isUnfair(layer, button)) finish(decision, hashes.get(layer));
    // What was switched off is withdrawn all the same.
    else if (decision.kind === 'save' && decision.refused[0]) finish({ ...decision, given: [] });
  }

  function finish(decision: Choice, hash?: string): void {
    close();
    context.decide({ ...decision, ui_hash: hash });
    drawControl();
  }

  function close(): void {
    const layer = first;
    first = undefined;
    isAsking = false;
    closeSettings();
    // Closing returns the focus to the element that opened the dialog; only then may the dialog be removed.
    if (isModal(layer)) (layer as HTMLDialogElement).close?.();
    layer?.remove();
    root.look();
    if (layer) drawControl();
  }

  /** Not while the prompt is open: the user can answer the prompt itself. */
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
    settings,
    control() {
      hasControl = true;
      // A prompt that is about to open makes it unnecessary.
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
