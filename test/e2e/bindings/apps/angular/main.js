// Without Angular's compiler in the build: the page compiles the component itself.
import '@angular/compiler';
import 'model-download/define';
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { injectModelDownload, provideModelDownloads } from 'model-download/angular';
import { downloads } from './downloads.js';

class App {
  key = signal('own');
  download = injectModelDownload(this.key);
}

const template = `
  <main data-view="1">
    <p [attr.data-status]="download.state().status">
      {{ download.state().modelName }}: {{ download.state().bytesDownloaded }} bytes, {{ download.aggregate()?.totalFiles ?? 'unknown' }} files
    </p>
    <button (click)="download.actions.start()">Start</button>
    <button (click)="download.actions.pause()">Pause</button>
    <button (click)="download.actions.resume()">Resume</button>
    <button (click)="download.actions.cancel()">Cancel</button>
    <button (click)="key.set('other')">Other</button>
    <model-progress-mini model-key="own"></model-progress-mini>
  </main>`;

Component({ selector: '#root', schemas: [CUSTOM_ELEMENTS_SCHEMA], template })(App);

const app = await bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), provideModelDownloads(downloads)] });
globalThis.unmount = () => app.destroy();
