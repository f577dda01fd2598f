// A reporter of node:test that writes, as JSON, the number of failed tests and the files that contain them.

/** @param {AsyncIterable<{ type: string, data: { file?: string, message?: string } }>} source */
export default async function* failures(source) {
  const files = new Set();
  let failed = 0;
  for await (const { type, data } of source) {
    if (type === 'test:fail' && data.file) files.add(data.file);
    if (type === 'test:diagnostic') failed = Number(/^fail (\d+)$/.exec(data.message ?? '')?.[1] ?? failed);
  }
  yield JSON.stringify({ failed, files: [...files] });
}
