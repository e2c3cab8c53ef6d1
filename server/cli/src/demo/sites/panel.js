// Lists what this page has loaded, and what the browser has stored, before and after each choice. The demo's own
// script: it reads the browser's records and sends nothing.

const panel = document.getElementById('panel');
const words = panel.dataset;

let group;
let title;
let own = 0;
const lines = new Map();

function el(name, text, kind) {
  const element = document.createElement(name);
  element.textContent = text;
  if (kind) element.className = kind;
  return element;
}

/** A new heading, unless the one there says the same or has nothing below it. */
function begin(text) {
  if (text === title) return;
  title = text;
  const item = document.createElement('li');
  item.append(el('h3', text));
  group = item.appendChild(document.createElement('ul'));
  group.append(el('li', words.nothing, 'nothing'));
  panel.append(item);
}

function line(kind, text) {
  group.querySelector('.nothing')?.remove();
  const item = document.createElement('li');
  item.append(el('span', kind, 'kind'), ' ', el('code', text));
  group.append(item);
  return item;
}

function loaded(entries) {
  for (const entry of entries) {
    const url = new URL(entry.name, location.href);
    if (url.origin === location.origin || url.protocol === 'data:') own += 1;
    else line(words.fetched, url.host.replace(/:\d+$/, '') + url.pathname);
  }
  count.textContent = `${own} ${words.own}`;
}

/** Cookies and storage, by name: what is new gets a line, what is gone has its line struck. */
function look() {
  const kept = new Map();
  for (const pair of document.cookie.split('; ')) if (pair) kept.set(`${words.kept} ${pair.split('=')[0]}`, words.kept);
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store)) kept.set(`${words.stored} ${key}`, words.stored);
  }
  for (const [id, kind] of kept) {
    if (!lines.has(id)) lines.set(id, line(kind, id.slice(kind.length + 1)));
  }
  for (const [id, item] of lines) {
    if (kept.has(id)) continue;
    lines.delete(id);
    item.classList.add('gone');
    item.append(` ${words.gone}`);
  }
}

function follow(state) {
  if (state.choice === 'none') begin(words.before);
  else if (state.choice === 'deferred') begin(words.deferred);
  else if (state.choice === 'refused') begin(words.refused);
  else if (!state.allowed.length) begin(state.pending ? words.pending : words.refused);
  else begin(`${words.given} ${state.allowed.join(', ')}`);
  look();
}

const count = el('p', '', 'own');
panel.before(count);
begin(words.before);
new PerformanceObserver((list) => loaded(list.getEntries())).observe({ type: 'resource', buffered: true });
look();
setInterval(look, 400);

const waiting = setInterval(() => {
  if (!window.samtycke) return;
  clearInterval(waiting);
  window.samtycke.subscribe(follow);
}, 50);

// The page that changes its content without a reload.
const view = document.getElementById('view');
if (view) {
  const show = () => {
    const wanted = location.hash.slice(1) || 'list';
    const template = document.querySelector(`template[data-view="${CSS.escape(wanted)}"]`);
    if (!template) return;
    view.replaceChildren(template.content.cloneNode(true));
    for (const link of document.querySelectorAll('.views a')) {
      if (link.hash === `#${wanted}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  document.querySelector('.views').addEventListener('click', (event) => {
    const link = event.target.closest('a');
    if (!link) return;
    event.preventDefault();
    history.pushState(null, '', link.hash);
    show();
    view.querySelector('h2').focus();
  });
  addEventListener('popstate', show);
  show();
}
