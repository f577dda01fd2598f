import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { DEFAULT_LANGUAGE, languageFor, type Language } from '../language.js';

/** Finds the language of a host: the nearest `lang`, through shadow roots. */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;

  #language = DEFAULT_LANGUAGE;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    return this.#language;
  }

  hostUpdate(): void {
    this.#language = languageFor(nearestLang(this.#host));
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
