// The certificate of the servers with HTTP/2.
import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import { createCertificate } from '../../../tools/bench/loads/certificate.js';

describe('the certificate', () => {
  it('is valid for 127.0.0.1, and signed by its own key', () => {
    const found = new X509Certificate(createCertificate().cert);
    assert.equal(found.checkIP('127.0.0.1'), '127.0.0.1');
    assert.ok(found.verify(found.publicKey));
    assert.ok(Date.parse(found.validFrom) < Date.now() && Date.parse(found.validTo) > Date.now());
  });

  it('has the hash of its public key', () => {
    const { cert, hash } = createCertificate();
    const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
    assert.equal(hash, createHash('sha256').update(key).digest('base64'));
  });
});
