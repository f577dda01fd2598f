/// <reference types="dom-chromium-ai" />
// Compiles as long as the adapter fits the types of the browser's own models. Nothing here runs.
import { builtInAiLoader, type BuiltInAiMonitor, type ModelLoader } from 'model-download/adapters/built-in-ai';

const monitor = (theirs: CreateMonitor): BuiltInAiMonitor => theirs;

const chat = (): ModelLoader<LanguageModel> =>
  builtInAiLoader((options) => LanguageModel.create(options), { availability: () => LanguageModel.availability() });

const shorten = (): ModelLoader<Summarizer> => builtInAiLoader((options) => Summarizer.create({ ...options, type: 'tldr' }));

const translate = (languages: { sourceLanguage: string; targetLanguage: string }): ModelLoader<Translator> =>
  builtInAiLoader((options) => Translator.create({ ...options, ...languages }), { availability: () => Translator.availability(languages) });

export const fits = { monitor, chat, shorten, translate };
