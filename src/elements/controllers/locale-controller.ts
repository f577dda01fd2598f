import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { languageFor, type Language } from '../language.js';
import { nearestLang, watchLanguages } from '../language-watch.js';

/** Keeps a host drawn in the language around it: that of the nearest `lang`, through shadow roots. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  /** On a server nobody knows what will be around it. */
  #language = languageFor('');
  #unwatch: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return this.#language;
  }

  hostConnected(): void {
    this.#unwatch = watchLanguages(this.#look);
    this.#look();
  }

  hostDisconnected(): void {
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  readonly #look = (): void => {
    this.#language = languageFor(nearestLang(this.#host));
    this.#host.requestUpdate();
  };
}
