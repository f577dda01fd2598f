import type { ReactiveController, ReactiveElement } from 'lit';
import { languageFor, type Language } from '../i18n/language.js';
import { nearestLang, watchLanguages } from '../i18n/language-watch.js';
import { isHydrating } from './is-hydrating.js';

/** Provides a host with the language of the nearest `lang`, through shadow roots, and updates it on a change. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveElement;

  /** English on a server, where the surrounding document is unknown. */
  #language = languageFor('');
  #stopWatching: (() => void) | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return this.#language;
  }

  hostConnected(): void {
    this.#stopWatching = watchLanguages(this.#update);
    // The English texts can have been loaded since the host was created.
    this.#language = languageFor('');
    // The first rendering must equal the server's; the language is applied right after it.
    if (isHydrating(this.#host)) void this.#host.updateComplete.then(this.#update);
    else this.#update();
  }

  hostDisconnected(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  readonly #update = (): void => {
    if (isHydrating(this.#host)) return;
    this.#language = languageFor(nearestLang(this.#host));
    this.#host.requestUpdate();
  };
}
