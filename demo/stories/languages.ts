/** The languages that the widget speaks, each under its own name. */

export const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  hi: 'हिन्दी',
  it: 'Italiano',
  ja: '日本語',
  pt: 'Português',
  sw: 'Kiswahili',
  yo: 'Yorùbá',
  zh: '中文',
};
