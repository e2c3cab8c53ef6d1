// Collects what the frames of the preview have measured.

const figures = [...document.querySelectorAll('figure[data-query]')];
const sum = document.getElementById('sum');
const said = new Map();

addEventListener('message', ({ origin, data }) => {
  if (origin !== location.origin || typeof data?.samtyckePreview !== 'string') return;
  const figure = figures.find(({ dataset }) => dataset.query === data.samtyckePreview);
  if (!figure) return;
  said.set(figure, data.findings);
  const failed = data.findings.filter(({ ok }) => !ok).length;
  figure.dataset.ok = String(failed === 0);
  const count = `${data.findings.length - failed} of ${data.findings.length} guards hold`;
  figure.querySelector('summary').textContent = count;
  figure.querySelector('ul').replaceChildren(
    ...data.findings.map(({ name, ok, detail }) => {
      const item = document.createElement('li');
      item.className = ok ? 'holds' : 'fails';
      item.textContent = `${ok ? 'holds' : 'FAILS'}: ${name}${detail ? ` (${detail})` : ''}`;
      return item;
    }),
  );
  if (failed) figure.querySelector('details').open = true;
  const all = [...said.values()].flat();
  const bad = all.filter(({ ok }) => !ok).length;
  sum.textContent = `${said.size} of ${figures.length} frames measured: ${all.length - bad} guards hold, ${bad} fail.`;
  sum.className = bad ? 'fails' : 'holds';
});
