import type { ReactiveController, ReactiveElement } from 'lit';
import { languageFor, type Language } from '../i18n/language.js';
import { nearestLang, watchLanguages } from '../i18n/language-watch.js';
import { isHydrating } from './is-hydrating.js';

/** Keeps a host drawn in the language around it: that of the nearest `lang`, through shadow roots. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveElement;

  /** On a server it is not known what will be around it. */
  #language = languageFor('');
  #unwatch: (() => void) | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return this.#language;
  }

  hostConnected(): void {
    this.#unwatch = watchLanguages(this.#look);
    // What is held back from the first drawing is due right after it.
    if (isHydrating(this.#host)) void this.#host.updateComplete.then(this.#look);
    else this.#look();
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  readonly #look = (): void => {
    if (isHydrating(this.#host)) return;
    this.#language = languageFor(nearestLang(this.#host));
    this.#host.requestUpdate();
  };
}
