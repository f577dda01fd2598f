Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });
