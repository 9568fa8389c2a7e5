// Runs before the first paint: a page that is told to be dark must not flash white. A file of its own, because the
// server's Content-Security-Policy allows no inline scripts. Reads what the toggle (Mantine) stores.
{
  let stored = null;
  try {
    stored = localStorage.getItem('mantine-color-scheme-value');
  } catch {
    // Storage may be forbidden; the system's choice holds then.
  }
  const dark = stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
