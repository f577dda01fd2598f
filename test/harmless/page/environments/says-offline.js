// Some browsers on some networks say so while all works.
Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
