// Some browsers on some networks report that they are offline while the connection works.
Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });
