/**
 * The placeholders' styles. As in the banner's own sheet, every declaration is important and in a layer, which beats
 * everything that a page declares outside of layers. Sizes are set on the element itself, also important, and beat the
 * layer.
 */

const css = /* css */ `
[data-samtycke-held] { display: none; }
.samtycke-embed {
  --s-background: var(--samtycke-background, #fff);
  --s-text: var(--samtycke-text, #1c2228);
  --s-edge: var(--samtycke-edge, #76808a);
  --s-action: var(--samtycke-action, #222a32);
  --s-action-text: var(--samtycke-action-text, #fff);
  all: initial;
  color-scheme: light;
  display: block;
  align-content: safe center;
  overflow: auto;
  overflow-wrap: anywhere;
  text-align: center;
  color: var(--s-text);
  background: var(--s-background);
  border: 0 solid #0000;
  outline: 1px solid var(--s-edge);
  outline-offset: -1px;
  font: max(15px, .9375rem)/1.5 var(--samtycke-font, system-ui, sans-serif);
  font-size: var(--samtycke-size, max(15px, .9375rem));
}
@media (prefers-color-scheme: dark) {
  .samtycke-embed.samtycke-auto {
    --s-background: var(--samtycke-background, #191d22);
    --s-text: var(--samtycke-text, #eceff2);
    --s-edge: var(--samtycke-edge, #7d8894);
    --s-action: var(--samtycke-action, #e6eaee);
    --s-action-text: var(--samtycke-action-text, #191d22);
    color-scheme: dark;
  }
}
.samtycke-embed.samtycke-dark {
  --s-background: var(--samtycke-background, #191d22);
  --s-text: var(--samtycke-text, #eceff2);
  --s-edge: var(--samtycke-edge, #7d8894);
  --s-action: var(--samtycke-action, #e6eaee);
  --s-action-text: var(--samtycke-action-text, #191d22);
  color-scheme: dark;
}
@media (forced-colors: active) {
  .samtycke-embed.samtycke-embed {
    --s-background: Canvas;
    --s-text: CanvasText;
    --s-edge: ButtonBorder;
    --s-action: ButtonFace;
    --s-action-text: ButtonText;
  }
}
.samtycke-embed * { all: revert; box-sizing: border-box; }
.samtycke-embed > div { padding: 1em; }
.samtycke-embed p { margin: 0 auto; max-inline-size: 40em; }
.samtycke-embed .samtycke-small { margin-block-start: .4em; font-size: .85em; }
.samtycke-embed a { display: block; inline-size: fit-content; margin-inline: auto; padding-block: .2em; color: inherit; text-underline-offset: .2em; }
.samtycke-embed button { display: block; margin: .75em auto; min-inline-size: 44px; min-block-size: 44px; padding: .5em .9em; color: var(--s-action-text); background: var(--s-action); border: 1px solid #0000; border-radius: calc(var(--samtycke-radius, 14px) * .6); font: inherit; font-weight: 600; line-height: 1.3; cursor: pointer; }
.samtycke-embed button:hover { text-decoration: underline; text-underline-offset: .25em; }
.samtycke-embed :focus-visible { outline: 2px solid var(--s-text); outline-offset: 2px; }
`;

const strong = `@layer samtycke-embed{${css.replace(/([^{};\s])\s*([;}])/g, '$1!important$2')}}`;

let sheet: { remove(): void } | undefined;
let shown = 0;

/** Adds the sheet, or counts one more placeholder. */
export function addSheet(nonce: string | undefined): void {
  shown += 1;
  sheet ??= constructed() ?? element(nonce);
}

/** Counts one placeholder less. After the last, removes the sheet. */
export function removeSheet(): void {
  shown -= 1;
  if (shown) return;
  sheet?.remove();
  sheet = undefined;
}

/** Needs no `style-src` in the page's policy. Safari supports it since 16.4. */
function constructed(): { remove(): void } | undefined {
  try {
    const made = new CSSStyleSheet();
    made.replaceSync(strong);
    // First, because of two layers the earlier one wins for important declarations.
    document.adoptedStyleSheets = [made, ...document.adoptedStyleSheets];
    return {
      remove() {
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== made);
      },
    };
  } catch {
    return undefined;
  }
}

function element(nonce: string | undefined): HTMLStyleElement {
  const made = document.createElement('style');
  made.nonce = nonce ?? '';
  made.textContent = strong;
  document.head.append(made);
  return made;
}
