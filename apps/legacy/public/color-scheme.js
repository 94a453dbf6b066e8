// Sets the colour scheme before the first paint; the UI kit keeps the choice under this key.
(() => {
  const saved = window.localStorage.getItem('mantine-color-scheme-value');
  const dark = saved === 'dark' || (saved !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
