import { existsSync } from 'node:fs';

const executablePath = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';

/** Grants persistent storage, whose permission prompt would otherwise wait for a click. */
const extraPrefsFirefox = { 'dom.storageManager.prompt.testing': true, 'dom.storageManager.prompt.testing.allow': true };

/** The options of puppeteer for Firefox; `undefined` if it is not installed. */
export function findFirefox() {
  return existsSync(executablePath) ? { browser: /** @type {const} */ ('firefox'), executablePath, extraPrefsFirefox } : undefined;
}
