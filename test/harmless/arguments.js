import { parseArgs } from 'node:util';

/** The arguments of `npm run harmless -- …`. */
export function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: '' },
      versions: { type: 'string', default: '2,3,4' },
      engine: { type: 'string', default: 'chromium' },
      sample: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      missing: { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      requests: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(`npm run harmless -- [options]
  --only <pattern>    rows whose name matches
  --versions 2,3,4    of Transformers.js
  --engine <name>     chromium, firefox or webkit
  --sample            the rows that CI runs
  --missing           rows that docs/harmless.md lacks
  --plain             checks the rows themselves: plain alone, in place of ours too
  --requests          print every request
  --write             write the results to docs/harmless.md, which keeps its other rows`);
    process.exit(0);
  }
  return { ...values, only: new RegExp(values.only, 'i'), versions: values.versions.split(',').map(Number) };
}
