// A certificate for 127.0.0.1, written as DER (RFC 5280): Node creates keys, but no certificates.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const DAY = 24 * 60 * 60 * 1000;

/** Tags of ASN.1. */
const tag = { integer: 0x02, bits: 0x03, bytes: 0x04, text: 0x0c, time: 0x17, sequence: 0x30, set: 0x31, version: 0xa0, extensions: 0xa3 };

/** The identifiers of ASN.1, encoded. */
const id = {
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
  commonName: Buffer.from('0603550403', 'hex'),
  alternativeName: Buffer.from('0603551d11', 'hex'),
};

/**
 * @param {number} type
 * @param {...Buffer} parts
 */
function der(type, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...head]), content]);
}

/** @param {number} time */
function utcTime(time) {
  const [date, clock] = new Date(time).toISOString().split('T');
  return der(tag.time, Buffer.from(`${date.slice(2).replaceAll('-', '')}${clock.slice(0, 8).replaceAll(':', '')}Z`));
}

/**
 * Creates a certificate.
 *
 * @returns {{ key: string, cert: string, hash: string }} `hash`: of its public key, as `--ignore-certificate-errors-spki-list` takes it.
 */
export function createCertificate() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = der(tag.sequence, id.ecdsaWithSha256);
  const name = der(tag.sequence, der(tag.set, der(tag.sequence, id.commonName, der(tag.text, Buffer.from('127.0.0.1')))));
  const addresses = der(tag.sequence, Buffer.from([0x87, 4, 127, 0, 0, 1]));
  const content = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.from([1])),
    algorithm,
    name,
    der(tag.sequence, utcTime(Date.now() - DAY), utcTime(Date.now() + DAY)),
    name,
    key,
    der(tag.extensions, der(tag.sequence, der(tag.sequence, id.alternativeName, der(tag.bytes, addresses)))),
  );
  const signature = der(tag.bits, Buffer.from([0]), sign('sha256', content, privateKey));
  const certificate = der(tag.sequence, content, algorithm, signature).toString('base64');
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    hash: createHash('sha256').update(key).digest('base64'),
  };
}
