module.exports = {
  spec: ['build/test/transfer/**/*.test.js', 'test/transfer/**/*.test.js'],
  ignore: [
    // They need the hub and the storage of a browser.
    'build/test/transfer/browser/**',
    // It takes seconds.
    'test/transfer/abort-moments.test.js',
  ],
  // On a busy machine what takes a moment takes minutes.
  timeout: 120_000,
};
