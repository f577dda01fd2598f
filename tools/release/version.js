/**
 * The version that a release publishes: that of package.json, which the newest section of the changelog must describe.
 *
 * @param {string} changelog The text of CHANGELOG.md.
 * @param {string} version Of package.json.
 * @returns {string}
 * @throws Error if the newest section has another heading, such as “Unreleased”.
 */
export function versionOf(changelog, version) {
  const [, heading = 'none'] = /^## (.+)$/m.exec(changelog) ?? [];
  const [newest] = heading.replace(/^v/, '').split(/[\s,(]/);
  if (newest !== version) {
    throw new Error(`The newest section of CHANGELOG.md must be “## ${version}”, the version of package.json; it is “${heading}”`);
  }
  return version;
}
