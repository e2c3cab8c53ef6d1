/** The three pages that are compared: one text, and above it a banner, another, or none. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { brotli } from '../build/sdk.mjs';

const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, number) => `<p>Stycke ${number + 1}. ${'En vanlig mening om något. '.repeat(12)}</p>`,
);

/**
 * Puts the pages onto the world's site. Both banners come from an origin of their own: samtycke's from its server, the
 * peer's from one that has its files in brotli and answers at once.
 */
export async function startPages(root, world) {
  const key = world.tenant.keys.publishable;
  const published = await (await fetch(`${world.server.url}/v1/banner/${key}?language=sv`)).json();
  const peer = await startPeer(root);
  const put = (path, head) => {
    world.site.put(path, { html: page(head) });
    return world.site.url + path;
  };
  return {
    samtycke: {
      url: put(
        '/samtycke',
        `<script type="module" src="${world.server.url}/sdk/banner.js" data-key="${key}"></script>`,
      ),
      banner: '.samtycke-first',
      accept: '.samtycke-first [data-samtycke-action=accept]',
    },
    vanilla: {
      url: put('/peer', peerHead(peer.url, published)),
      banner: '#cc-main .cm',
      accept: '#cc-main .cm [data-role=all]',
    },
    none: { url: put('/none', '') },
    close: peer.close,
  };
}

function page(head) {
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>En sida</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>
<body><h1>En sida</h1>${PARAGRAPHS.join('')}</body></html>`;
}

/** The peer as its own documentation starts it, without its animation, and with what samtycke's banner says. */
function peerHead(url, { text, words, purposes }) {
  const { labels } = text;
  const sections = [
    { description: `${text.intro}<br>${text.withdraw}` },
    ...text.purposes.map(({ id, title, description, cookies = [] }) => ({
      title,
      description,
      linkedCategory: id.replaceAll('.', '-'),
      cookieTable: {
        headers: { name: words.cookie_name, lifetime: words.cookie_lifetime, party: words.cookie_party },
        body: cookies,
      },
    })),
    ...text.others.map(({ title, description }) => ({ title, description })),
    { title: words.contact, description: `${text.contact.controller}<br>${text.rights}` },
  ];
  const config = {
    disablePageInteraction: false,
    // Else it hides from every browser that is driven by a program, as this one is.
    hideFromBots: false,
    categories: Object.fromEntries(purposes.map(({ id }) => [id.replaceAll('.', '-'), {}])),
    language: {
      default: 'sv',
      translations: {
        sv: {
          consentModal: {
            title: text.title,
            description: `${text.intro} ${text.withdraw}`,
            acceptAllBtn: labels.accept,
            acceptNecessaryBtn: labels.refuse,
            showPreferencesBtn: labels.settings,
          },
          preferencesModal: {
            title: labels.reopen,
            acceptAllBtn: labels.accept,
            acceptNecessaryBtn: labels.refuse,
            savePreferencesBtn: labels.save,
            closeIconLabel: labels.close,
            sections,
          },
        },
      },
    },
  };
  return `<link rel="stylesheet" href="${url}/cookieconsent.css">
<script type="module">import { run } from '${url}/cookieconsent.esm.js';
document.documentElement.classList.add('disable--transitions');
run(${JSON.stringify(config).replaceAll('<', '\\u003c')});</script>`;
}

async function startPeer(root) {
  const types = { 'cookieconsent.css': 'text/css', 'cookieconsent.esm.js': 'text/javascript' };
  const files = new Map(
    Object.keys(types).map((name) => {
      const text = readFileSync(join(root, 'node_modules', 'vanilla-cookieconsent', 'dist', name), 'utf8');
      return [`/${name}`, { body: brotli(text), type: types[name] }];
    }),
  );
  const server = createServer((incoming, outgoing) => {
    const file = files.get(incoming.url);
    if (!file) return void outgoing.writeHead(404).end();
    const headers = {
      'Content-Type': `${file.type}; charset=utf-8`,
      'Content-Encoding': 'br',
      'Access-Control-Allow-Origin': '*',
    };
    outgoing.writeHead(200, headers).end(file.body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
