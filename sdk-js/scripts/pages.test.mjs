/** Checks that every link between the repository's pages leads to an existing file and heading. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

const pages = [root, join(root, 'docs'), join(root, 'docs', 'adr'), join(root, 'sdk-js')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

const outsideOfCode = (text) => text.replace(/^\s*```[\s\S]*?^\s*```/gm, '');

/** The anchor that Git hosts generate from a heading. */
const anchorOf = (heading) =>
  heading
    .replace(/[`*]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (page) => {
  const headings = outsideOfCode(readFileSync(page, 'utf8')).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => anchorOf(heading)));
};

function faultOf(page, link) {
  const [path, anchor] = link.split('#');
  const to = path ? normalize(join(dirname(page), path)) : page;
  if (!existsSync(to)) return 'no such file';
  return anchor && to.endsWith('.md') && !anchorsOf(to).has(anchor) ? 'no such heading' : undefined;
}

test.each(pages.map((page) => [relative(root, page), page]))('%s has no dead link', (_, page) => {
  const text = outsideOfCode(readFileSync(page, 'utf8')).replace(/`[^`\n]*`/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, address]) => link ?? address,
  );
  const inside = links.filter((link) => !/^[a-z]+:/.test(link));
  const dead = inside.map((link) => [link, faultOf(page, link)]).filter(([, fault]) => fault);
  expect(dead).toEqual([]);
});
