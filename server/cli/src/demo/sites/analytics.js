// An invented analytics script: sets a cookie on the site's own host, and calls its own host.
(() => {
  const host = window.demoStatistics?.host;
  if (!host) return;
  if (!document.cookie.includes('_demo_stat=')) {
    document.cookie = '_demo_stat=demo; Path=/; SameSite=Lax; Max-Age=15552000';
  }
  navigator.sendBeacon(`${host}/beacon`, JSON.stringify({ page: location.pathname }));
})();
