import type { Texts } from '../texts.js';

/** The texts of the failures in English. */
export const failure: Texts['failure'] = {
  offline: {
    title: 'You are offline',
    advice: 'Connect to the internet to continue.',
    lastAdvice: 'Come back later, or use a different model.',
  },
  network: {
    title: 'The connection was lost',
    advice: 'Check your connection, then try again.',
    lastAdvice: 'Come back later, or use a different model.',
  },
  timeout: {
    title: 'The server did not answer in time',
    advice: 'The server may be busy, or your connection may be slow. Try again in a moment.',
    lastAdvice: 'Come back later, or use a different model.',
  },
  http: {
    title: 'The server has a problem',
    advice: 'This is usually temporary. Try again in a moment.',
    lastAdvice: 'Come back later, or use a different model.',
  },
  unauthorized: {
    title: 'This model requires permission',
    advice: 'The server denied access. A different model may work.',
    lastAdvice: 'The server denied access. A different model may work.',
  },
  blocked: {
    title: 'This page is not allowed to connect to the server',
    advice: 'The page’s Content-Security-Policy does not allow the connection. Only the owner of the page can change that.',
    lastAdvice: 'The page’s Content-Security-Policy does not allow the connection. Only the owner of the page can change that.',
  },
  'not-found': {
    title: 'The model or one of its files was not found',
    advice: 'It may have been moved or deleted. A different model may work.',
    lastAdvice: 'It may have been moved or deleted. A different model may work.',
  },
  'rate-limited': {
    title: 'Too many requests',
    advice: 'The server limits how often it can be used. Wait a moment, then try again.',
    lastAdvice: 'Come back later, or use a different model.',
  },
  changed: {
    title: 'The model changed during the download',
    advice: 'A newer version was published. Start over to download it.',
    lastAdvice: 'Start over to download the newer version, or use a different model.',
  },
  corrupt: {
    title: 'The download was damaged',
    advice: 'The downloaded data does not match the original. Start over to download it again.',
    lastAdvice: 'Start over to download it again, or use a different model.',
  },
  quota: {
    title: 'This device is out of space',
    advice: 'Free some space, or use a smaller model.',
    lastAdvice: 'Free some space, or use a smaller model.',
  },
  runtime: {
    title: 'The model could not be started',
    advice: 'The download is complete. Reloading the page often helps.',
    lastAdvice: 'The download is complete. Reloading the page often helps.',
  },
  aborted: {
    title: 'The download was stopped',
    advice: 'You can start it again whenever you like.',
    lastAdvice: 'Use a different model, or reload the page.',
  },
  unknown: {
    title: 'The model could not be loaded',
    advice: 'Try again, or use a different model.',
    lastAdvice: 'Come back later, or use a different model.',
  },
};
