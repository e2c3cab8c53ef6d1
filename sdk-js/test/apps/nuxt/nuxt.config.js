export default {
  compatibilityDate: '2026-11-01',
  telemetry: false,
  devtools: { enabled: false },
  app: {
    baseURL: '/nuxt/',
    head: {
      title: 'Loomer',
      htmlAttrs: { lang: 'sv' },
      script: [{ type: 'module', src: 'https://consent.invalid/sdk/banner.js', 'data-key': 'KEY_OF_THE_SITE' }],
    },
  },
  nitro: { prerender: { routes: ['/', '/two'], crawlLinks: false } },
};
