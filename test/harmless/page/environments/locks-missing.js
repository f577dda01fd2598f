Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
