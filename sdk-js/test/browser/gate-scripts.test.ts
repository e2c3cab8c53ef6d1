import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { HEAD, log, logged, opened, openGated, permit, settle, soon, startGateLab, startTag, told } from './gated.js';
import { ADS, type Lab, SITE } from './lab.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let lab: Lab;

beforeAll(async () => {
  lab = await startGateLab();
});
afterAll(() => lab.close());
beforeEach(() => {
  lab.requests.length = 0;
  for (const name of ['a', 'b', 'c']) lab.put(`/${name}.js`, { body: `log.push('${name}')` });
});

describe('speed plugins', () => {
  const HELD: [plugin: string, script: string][] = [
    [
      'WP Rocket',
      `<script type="rocketlazyloadscript" data-rocket-type="text/javascript" data-rocket-src="/a.js" defer></script>`,
    ],
    ['WP Rocket, inline', `<script type="rocketlazyloadscript">log.push('a')</script>`],
    [
      'WP Rocket, module',
      `<script type="rocketlazyloadscript" data-rocket-type="module">log.push(import.meta.url && 'a')</script>`,
    ],
    ['LiteSpeed', `<script type="litespeed/javascript" data-i="3" data-src="/a.js"></script>`],
    ['LiteSpeed, inline', `<script type="litespeed/javascript">log.push('a')</script>`],
    ['Rocket Loader, first', `<script type="text/rocketscript" data-rocketsrc="/a.js"></script>`],
    ['Rocket Loader', `<script type="5f0b1c2d3e4f5a6b7c8d9e0f-text/javascript" src="/a.js"></script>`],
    [
      'Rocket Loader, module',
      `<script type="5f0b1c2d3e4f5a6b7c8d9e0f-module">log.push(import.meta.url && 'a')</script>`,
    ],
    ['Flying Scripts', `<script type="text/javascript" data-type="lazy" data-src="/a.js"></script>`],
    ['Perfmatters', `<script type="pmdelayedscript" data-perfmatters-type="text/javascript" src="/a.js"></script>`],
    [
      'WP Meteor',
      `<script type="javascript/blocked" data-wpmeteor-type="text/javascript" data-wpmeteor-src="/a.js"></script>`,
    ],
    ['NitroPack', `<script type="nitropack/inlinescript" class="nitropack-inline-script">log.push('a')</script>`],
    ['Phast', `<script type="text/phast" data-phast-original-type="text/javascript" src="/a.js"></script>`],
  ];
  test.each(HELD)('%s: runs once after the grant', async (_, script) => {
    const visit = await openGated(lab, `<template data-samtycke-purpose="statistics">${script}</template>`);
    await settle(visit);
    expect(await log(visit)).toEqual([]);
    await permit(visit, 'statistics');
    await logged(visit, 'a');
    await permit(visit);
    await permit(visit, 'statistics');
    await settle(visit);
    expect(await log(visit)).toEqual(['a']);
    expect(told(visit)).toEqual([]);
  });

  test('an unknown type is reported once, and does not run', async () => {
    const visit = await openGated(
      lab,
      `<template data-samtycke-purpose="statistics"><script type="newplugin/lazyscript">log.push('never')</script>
        <script type="application/ld+json">{}</script></template>
       <script type="text/plain" data-type="text/other" data-category="marketing">log.push('never')</script>`,
    );
    for (let round = 0; round < 2; round += 1) {
      await permit(visit, 'statistics', 'marketing');
      await settle(visit);
      await permit(visit);
      await settle(visit);
    }
    expect(told(visit)).toHaveLength(2);
    expect(told(visit).join()).toContain('newplugin/lazyscript');
    expect(await log(visit)).toEqual([]);
    expect(await visit.page.evaluate('gate.ran()')).toEqual(['necessary']);
  });
});

describe('document.write', () => {
  const page = (script: string) =>
    `<main><template data-samtycke-purpose="marketing">${script}</template><p id="end">end</p></main>`;
  const own = 'Object.getOwnPropertyNames(document).filter((name) => /^(write|writeln|open|close)$/.test(name))';

  test('document.write after load inserts after the script', async () => {
    const pixel = lab.url('/pixel.png', ADS);
    const visit = await openGated(
      lab,
      page(`<script>document.open(); document.write('<img id="pixel" alt="" src="${pixel}'); document.writeln('">', '<i>1</i>');
        document.close(); log.push('ran')</script><b>after</b>`),
    );
    await permit(visit, 'marketing');
    await logged(visit, 'ran');
    await visit.page.waitForSelector('#pixel + i', { state: 'attached' });
    expect(
      await visit.page.evaluate("[...document.querySelector('main').children].map(({ localName }) => localName)"),
    ).toEqual(['template', 'script', 'img', 'i', 'b', 'p']);
    expect(lab.requests).toContain(`${ADS}/pixel.png`);
    await settle(visit);
    expect(await visit.page.evaluate(own)).toEqual([]);
    await permit(visit);
    expect(await visit.page.$('#pixel')).toBeNull();
    expect(await visit.page.textContent('#end')).toBe('end');
  });

  test('written scripts run in order, before the next', async () => {
    lab.put('/b.js', { body: "log.push('b'); document.write('<script>log.push(\"b inner\")<\\/script>')" });
    const visit = await openGated(
      lab,
      page(`<script>log.push('1'); document.write('<script src="/a.js"><\\/script><script src="/b.js"><\\/script>' +
          '<script>log.push("2"); document.write("<script>log.push(\\\\"3\\\\")<\\\\/script>")<\\/script>')</script>
        <script>log.push('4')</script>`),
    );
    await permit(visit, 'marketing');
    await logged(visit, '4');
    expect(await log(visit)).toEqual(['1', 'a', 'b', 'b inner', '2', '3', '4']);
    expect(await visit.page.evaluate(own)).toEqual([]);
    expect(await visit.page.$('#end')).not.toBeNull();
  });

  test('what an async script or a module writes is ignored', async () => {
    lab.put('/a.js', { body: "document.write('<i>a</i>'); log.push('a')" });
    const visit = await openGated(
      lab,
      page(
        `<script async src="/a.js"></script><script type="module">document.write('<i>m</i>'); log.push('m')</script>`,
      ),
    );
    await permit(visit, 'marketing');
    await logged(visit, 'a', 'm');
    expect(await visit.page.$('i')).toBeNull();
    expect(await visit.page.$('#end')).not.toBeNull();
  });

  test("the page's own patch is there afterwards", async () => {
    const visit = await openGated(
      lab,
      `<script>document.write = (text) => log.push('page ' + text)</script>${page(`<script>document.write('<i></i>'); log.push('ran')</script>`)}`,
    );
    await permit(visit, 'marketing');
    await logged(visit, 'ran');
    await visit.page.waitForSelector('main > i', { state: 'attached' });
    await visit.page.evaluate("document.write('x')");
    expect(await log(visit)).toEqual(['ran', 'page x']);
  });

  test('Trusted Types refuse the text; the page survives', async () => {
    const headers = {
      'Content-Security-Policy': "script-src 'nonce-n'; require-trusted-types-for 'script'; trusted-types 'none'",
    };
    const head = HEAD.replace('<script>', '<script nonce="n">');
    const script = `<script nonce="n">log.push('ran'); document.write('<i>1</i>'); log.push('on')</script>`;
    const html = `${head}<body>${page(script)}${startTag([], '', 'n')}</body>`;
    const visit = await opened(await lab.open(lab.page(html, headers)));
    await permit(visit, 'marketing');
    await logged(visit, 'ran', 'on');
    await soon(() => expect(told(visit).join()).toContain('Trusted Types'));
    expect(await visit.page.$('i')).toBeNull();
    expect(await visit.page.$('#end')).not.toBeNull();
  });
});

describe('while the page is parsed', () => {
  const waits = `for (const event of ['DOMContentLoaded', 'load'])
    addEventListener(event, () => log.push(event)); log.push('ran')`;

  test('a permitted script before a blocking one hears ready', async () => {
    let go = () => {};
    lab.put('/slow.js', { body: '', after: new Promise<void>((done) => (go = done)) });
    const address =
      lab.page(`<head><title>t</title><script>window.log = []</script>${startTag(['statistics'], 'async')}</head>
      <body><script type="text/plain" data-category="analytics">${waits}</script><p>text</p>
      <script src="/slow.js"></script>
      <script type="text/plain" data-category="analytics">log.push('after')</script></body>`);
    const context = await lab.browser.newContext();
    const page = await context.newPage();
    const visit = { page, context, console: [], errors: [] };
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction('window.log?.includes("ran")');
    expect(await page.evaluate('document.readyState')).toBe('loading');
    go();
    await logged(visit, 'after', 'load');
    expect(await log(visit)).toEqual(expect.arrayContaining(['ran', 'DOMContentLoaded', 'load', 'after']));
    expect((await log(visit))[0]).toBe('ran');
    expect((await log(visit)).filter((line) => line === 'load')).toHaveLength(1);
  });

  test('a half-parsed template waits until the parser has left it', async () => {
    let go = () => {};
    const rest = new Promise<void>((done) => (go = done));
    const server = createServer(async (request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      if (request.url !== '/') return response.end();
      const tag = startTag(['statistics'], 'async').replace('/lab/gate.js', lab.url('/lab/gate.js'));
      response.write(`<!doctype html><head><title>t</title><script>window.log = []</script>${tag}</head><body>
        <template data-samtycke-purpose="statistics"><b id="first">1</b></template>
        <template data-samtycke-purpose="statistics"><section><script>log.push('early')</script>`);
      await rest;
      response.end(`<script>log.push('late')</script><b id="last">2</b></section></template><p>end</p></body>`);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    try {
      const context = await lab.browser.newContext();
      const page = await context.newPage();
      const visit = { page, context, console: [], errors: [] };
      const address = `http://${SITE}:${(server.address() as AddressInfo).port}/`;
      await page.goto(address, { waitUntil: 'commit' });
      await page.waitForSelector('#first');
      expect(await page.evaluate('document.readyState')).toBe('loading');
      expect(await page.$('section')).toBeNull();
      expect(await log(visit)).toEqual([]);
      go();
      await page.waitForSelector('section > #last');
      await logged(visit, 'late');
      expect(await log(visit)).toEqual(['early', 'late']);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
