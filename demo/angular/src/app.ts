import { Component, computed, CUSTOM_ELEMENTS_SCHEMA, signal } from '@angular/core';
import type { ModelDownloadBackgroundRequestEvent, ModelDownloadRetryRequestEvent } from 'model-download';
import { download } from './download';
import { answer, MODEL_KEY, MODEL_NAME } from './model';

@Component({
  selector: 'app-root',
  // Angular checks no custom element: with this it lets them be, and binds properties and events by name.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  templateUrl: './app.html',
})
export class App {
  protected readonly modelKey = MODEL_KEY;
  protected readonly modelName = MODEL_NAME;
  protected readonly isOpen = signal(false);
  protected readonly messages = signal<readonly { who: string; text: string }[]>([]);
  protected readonly isReady = computed(() => this.#download()?.status === 'completed');
  readonly #download = download(MODEL_KEY);

  protected async send(event: Event, input: HTMLInputElement): Promise<void> {
    event.preventDefault();
    const message = input.value;
    input.value = '';
    this.#say('You', message);
    this.#say(MODEL_NAME, await answer(message));
  }

  // A template has only `Event` for what a custom element fires.
  protected noteBackground(event: Event): void {
    const { detail } = event as ModelDownloadBackgroundRequestEvent;
    this.#say('Page', `“${detail.modelKey}” goes on in the background.`);
  }

  protected noteRetry(event: Event): void {
    const { detail } = event as ModelDownloadRetryRequestEvent;
    this.#say('Page', `“${detail.modelKey}” is tried again.`);
  }

  #say(who: string, text: string): void {
    this.messages.update((said) => [...said, { who, text }]);
  }
}
