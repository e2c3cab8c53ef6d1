/** How frameworks create a template with children: in the element itself, where they are live. */
import { createElement } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { createApp, h } from 'vue';

/** `<template data-samtycke-purpose><iframe src></template>` in a component, rendered in the browser. */
export function reactTemplate(root: Element, purpose: string, address: string): void {
  const frame = createElement('iframe', { src: address, title: 'Film' });
  createRoot(root).render(
    createElement('section', null, createElement('template', { 'data-samtycke-purpose': purpose }, frame)),
  );
}

/** The same of another framework. */
export function vueTemplate(root: Element, purpose: string, address: string): void {
  const frame = () => h('iframe', { src: address, title: 'Film' });
  createApp({ render: () => h('section', [h('template', { 'data-samtycke-purpose': purpose }, [frame()])]) }).mount(
    root,
  );
}

/** Hydrates `<section><iframe …></iframe></section>` that a server has rendered. */
export function reactHydrate(root: Element, purpose: string, address: string): void {
  const held = { 'data-samtycke-purpose': purpose, 'data-samtycke-src': address, title: 'Film' };
  hydrateRoot(root, createElement('section', null, createElement('iframe', held)));
}
