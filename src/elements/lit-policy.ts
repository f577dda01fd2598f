/** The fields of a `SecurityPolicyViolationEvent` that identify a refused Trusted Types policy. */
type Violation = Pick<SecurityPolicyViolationEvent, 'effectiveDirective' | 'sample'>;

/**
 * Logs how to allow Lit's policy. Lit creates a Trusted Types policy when it is imported, and throws if the page refuses
 * it; the browser's message names neither this package nor a solution.
 */
function reportViolation({ effectiveDirective, sample }: Violation): void {
  if (effectiveDirective !== 'trusted-types' || !sample.startsWith('lit-html')) return;
  console.error('model-download: Content-Security-Policy needs `trusted-types lit-html`: docs/csp.md');
}

// A module that imports Lit cannot catch its error. A server has no document and no policy.
(globalThis as { document?: Document }).document?.addEventListener('securitypolicyviolation', reportViolation);
