/** As much of a `SecurityPolicyViolationEvent` as says which policy of Trusted Types was refused. */
type Violation = Pick<SecurityPolicyViolationEvent, 'effectiveDirective' | 'sample'>;

/**
 * Lit makes a policy of Trusted Types where it is imported, and throws where the page refuses it. The browser's words
 * name neither this package nor what to do.
 */
function explain({ effectiveDirective, sample }: Violation): void {
  if (effectiveDirective !== 'trusted-types' || !sample.startsWith('lit-html')) return;
  console.error('model-download cannot start: the Content-Security-Policy has to allow `trusted-types lit-html`. See docs/csp.md.');
}

// No module that imports Lit can catch what Lit throws. Without a document, as on a server, nothing is refused.
(globalThis as { document?: Document }).document?.addEventListener('securitypolicyviolation', explain);
