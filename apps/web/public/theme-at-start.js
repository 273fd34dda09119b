// Sets the chosen theme and language before the first paint: a file, since the page allows no
// inline script. The keys are those of ThemeChoice and LanguageChoice.
(() => {
  try {
    const theme = localStorage.getItem('fabomatic.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    const language = localStorage.getItem('fabomatic.language');
    if (language) document.documentElement.lang = language;
  } catch {
    // Storage is forbidden in this browser: the system's theme stays.
  }
})();
