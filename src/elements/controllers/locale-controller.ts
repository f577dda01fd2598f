import type { ReactiveController, ReactiveElement } from 'lit';
import { DEFAULT_LANGUAGE, languageFor, type Language } from '../language.js';
import { isHydrating } from './is-hydrating.js';

/** Finds the language of a host: the nearest `lang`, through shadow roots. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveElement;

  #language = DEFAULT_LANGUAGE;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return this.#language;
  }

  hostConnected(): void {
    // What is held back from the first drawing is due right after it.
    if (isHydrating(this.#host)) void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  }

  hostUpdate(): void {
    if (!isHydrating(this.#host)) this.#language = languageFor(nearestLang(this.#host));
  }
}

function nearestLang(host: Element): string {
  let element: Element | undefined = host;
  while (element) {
    const found: Element | null = element.closest('[lang]');
    if (found) return found.getAttribute('lang') ?? '';
    const root = element.getRootNode();
    element = root instanceof ShadowRoot ? root.host : undefined;
  }
  return '';
}
