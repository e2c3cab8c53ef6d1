/**
 * The style sheet of a hostile or careless page: everything that tests of other pages have met, at once. Adopted like
 * the banner's own, because the stage's policy allows no `<style>`.
 */
const css = /* css */ `
html *:not(#a, script, style, head, head *) { all: unset !important; font: 9px/1 monospace !important; color: #d9c6ff !important; text-transform: uppercase !important; letter-spacing: .2em !important; animation: spin 2s infinite !important; transition: all 3s !important; }
@keyframes spin { to { opacity: 0; rotate: 1turn; } }
*::before, *::after { content: "!" !important; position: absolute !important; background: #ff2f6d !important; }
button:not(#a#b), a:not(#a#b) { opacity: .3 !important; padding: 0 !important; background: #f4f0ff !important; pointer-events: none !important; }
button:hover:not(#a#b) { display: none !important; }
[type=checkbox]:not(#a#b) { position: absolute !important; left: -9999px !important; opacity: 0 !important; }
:first-child:not(#a#b, html, head, head *, body, main) { display: none !important; }
[popover]:not(#a#b), dialog:not(#a#b), dialog::backdrop { display: none !important; top: 200vh !important; }
.samtycke:not(#a#b), .samtycke *:not(#a#b), samtycke-root:not(#a#b) { display: none !important; visibility: hidden !important; z-index: -1 !important; }
[data-samtycke-action=reject]:not(#a#b) { display: none !important; }
body:not(#a#b#c) { display: block !important; transform: scale(.94) rotate(-1deg) !important; filter: saturate(3) !important; animation: none !important; }
html:not(#a) { overflow-x: hidden !important; background: #2b1055 !important; }
html:not(#a)::after { content: "" !important; position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; background: #ff2f6d26 !important; }
main:not(#a#b#c) { display: grid !important; gap: 14px !important; animation: none !important; }
main > *:not(#a#b#c) { display: block !important; min-height: 22px !important; margin: 0 8% !important; background: repeating-linear-gradient(45deg, #ffde59 0 12px, #ff7a00 12px 24px) !important; animation: none !important; }
html:not([data-show=placeholder]) .film:not(#a#b#c#d) { display: none !important; }
`;

/** Adds the sheet to this document; returns a function that removes it. */
export function makeHostile(): () => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
