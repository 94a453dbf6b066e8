/** What the page does: filters and keys. Without it everything is shown. */

export const SCRIPT = `
document.documentElement.classList.add('script');
const byId = (id) => document.getElementById(id);
const sites = [...document.querySelectorAll('article')];
const chunks = [...document.querySelectorAll('.chunk')];
const boxes = [...document.querySelectorAll('.toolbar [type=checkbox]')];
const texts = new Map();
const textOf = (site) => {
  if (!texts.has(site)) texts.set(site, site.textContent.toLowerCase());
  return texts.get(site);
};
const show = () => {
  const on = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const [words, pattern, folder] = [byId('search').value.trim().toLowerCase(), byId('pattern').value, byId('folder').value];
  let shown = 0;
  for (const site of sites) {
    const { status, pattern: own, folder: place } = site.dataset;
    const fits = on.has(status) && (!pattern || own === pattern) && (!folder || place === folder) && (!words || textOf(site).includes(words));
    if (fits) shown++;
    if (site.hidden === fits) site.hidden = !fits;
  }
  for (const chunk of chunks) {
    const own = [...chunk.children].filter((site) => !site.hidden).length;
    if (chunk.hidden === own > 0) chunk.hidden = own === 0;
    chunk.style.setProperty('--sites', own);
  }
  byId('none').hidden = shown > 0;
  byId('shown').textContent = shown === sites.length ? shown + (shown === 1 ? ' site' : ' sites') : shown + ' of ' + sites.length;
};
const showEverything = () => {
  byId('search').value = byId('pattern').value = byId('folder').value = '';
  for (const box of boxes) box.checked = true;
  document.activeElement?.closest('.toolbar') && document.activeElement.blur();
  show();
};
const step = (by) => {
  const list = sites.filter((site) => !site.hidden);
  const at = list.indexOf(document.activeElement?.closest('article'));
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'start' });
};
const toggleKeys = () => {
  byId('help').hidden = !byId('help').hidden;
  byId('keys').setAttribute('aria-expanded', String(!byId('help').hidden));
};
const keys = {
  j: () => step(1),
  k: () => step(-1),
  '/': () => byId('search').focus(),
  '?': toggleKeys,
  Escape: showEverything,
  Enter: () => document.activeElement?.matches('article') && document.activeElement.querySelector('a').click(),
};
boxes.forEach((box, i) => (keys[i + 1] = () => box.click()));
if (sites.length > 0) {
  let waiting = 0;
  document.querySelector('.toolbar').addEventListener('input', () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  });
  document.querySelector('.toolbar').addEventListener('submit', (event) => event.preventDefault());
  byId('keys').addEventListener('click', toggleKeys);
  for (const button of document.querySelectorAll('button.plain')) {
    button.addEventListener('click', () => {
      showEverything();
      if (button.dataset.folder !== undefined) byId('folder').value = button.dataset.folder;
      if (button.dataset.search !== undefined) byId('search').value = button.dataset.search;
      show();
      byId('sites').scrollIntoView();
    });
  }
  document.addEventListener('keydown', (event) => {
    const typing = event.target.matches('input[type=search], select') && event.key !== 'Escape';
    const act = event.ctrlKey || event.metaKey || event.altKey || typing ? undefined : keys[event.key];
    if (!act || (event.key === 'Enter' && !event.target.matches('article'))) return;
    event.preventDefault();
    act();
  });
  show();
}
`;
