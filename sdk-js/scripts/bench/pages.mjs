/** The pages that are compared: one text, and above it a banner, another, or none. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { brotli } from '../build/sdk.mjs';
import { klaro } from './klaro.mjs';

const PARAGRAPHS = Array.from(
  { length: 12 },
  (_, number) => `<p>Stycke ${number + 1}. ${'En vanlig mening om något. '.repeat(12)}</p>`,
);

/**
 * Puts the pages onto the world's site. Every banner comes from an origin of its own: samtycke's from its server, by the tag
 * that it prints itself; the peers' from one that has their files in brotli, answers at once and lets them be kept.
 */
export async function startPages(root, world, tag, downloads) {
  const key = world.tenant.keys.publishable;
  const published = await (await fetch(`${world.server.url}/v1/banner/${key}?language=sv`)).json();
  const vanilla = (name) => readFileSync(join(root, 'node_modules', 'vanilla-cookieconsent', 'dist', name), 'utf8');
  const peers = await startPeers({
    'cookieconsent.css': vanilla('cookieconsent.css'),
    'cookieconsent.esm.js': vanilla('cookieconsent.esm.js'),
    'klaro.js': klaro(downloads),
  });
  const put = (path, head) => {
    // In brotli, so that texts which a peer has in the page do not count for more than those which come by themselves.
    world.site.put(path, { html: brotli(page(head)), headers: { 'Content-Encoding': 'br' } });
    return world.site.url + path;
  };
  return {
    samtycke: {
      url: put('/samtycke', tag),
      banner: '.samtycke-first',
      accept: '.samtycke-first [data-samtycke-action=accept]',
    },
    vanilla: {
      url: put('/vanilla', vanillaHead(peers.url, published)),
      banner: '#cc-main .cm',
      accept: '#cc-main .cm [data-role=all]',
    },
    klaro: {
      url: put('/klaro', klaroHead(peers.url, published)),
      banner: '#klaro .cookie-notice',
      accept: '#klaro .cookie-notice .cm-btn-success',
    },
    none: { url: put('/none', '') },
    close: peers.close,
  };
}

function page(head) {
  return `<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>En sida</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head>
<body><h1>En sida</h1>${PARAGRAPHS.join('')}</body></html>`;
}

/** vanilla-cookieconsent as its own documentation starts it, without its animation, and with what samtycke's banner says. */
function vanillaHead(url, { text, words, purposes }) {
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
run(${written(config)});</script>`;
}

/** klaro as its own documentation starts it, with the same texts. */
function klaroHead(url, { text, words, purposes }) {
  const { labels } = text;
  const name = (id) => id.replaceAll('.', '-');
  const config = {
    elementID: 'klaro',
    lang: 'sv',
    acceptAll: true,
    services: text.purposes.map(({ id, title }) => ({ name: name(id), title, purposes: [name(id)] })),
    translations: {
      sv: {
        consentNotice: {
          title: text.title,
          description: `${text.intro} ${text.withdraw}`,
          learnMore: labels.settings,
        },
        consentModal: { title: labels.reopen, description: `${text.contact.controller} ${text.rights}` },
        ok: labels.accept,
        acceptAll: labels.accept,
        acceptSelected: labels.save,
        decline: labels.refuse,
        save: labels.save,
        close: labels.close,
        purposes: Object.fromEntries(
          text.purposes.map(({ id, title, description, cookies = [] }) => [
            name(id),
            {
              title,
              description: `${description} ${words.cookies}: ${cookies.map((cookie) => cookie.name).join(', ')}`,
            },
          ]),
        ),
      },
    },
  };
  if (purposes.length !== config.services.length) throw new Error('klaro is to ask what samtycke asks');
  return `<script>var klaroConfig = ${written(config)};</script>
<script defer src="${url}/klaro.js" data-config="klaroConfig"></script>`;
}

/** Inside a script. */
function written(config) {
  return JSON.stringify(config).replaceAll('<', '\\u003c');
}

async function startPeers(texts) {
  const files = new Map(Object.entries(texts).map(([name, text]) => [`/${name}`, brotli(text)]));
  const server = createServer((incoming, outgoing) => {
    const body = files.get(incoming.url);
    if (!body) return void outgoing.writeHead(404).end();
    const headers = {
      'Content-Type': `text/${incoming.url.endsWith('css') ? 'css' : 'javascript'}; charset=utf-8`,
      'Content-Encoding': 'br',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Access-Control-Allow-Origin': '*',
    };
    outgoing.writeHead(200, headers).end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
}
