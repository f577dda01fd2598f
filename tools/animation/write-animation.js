import sharp from 'sharp';

/** The width of the animation, in px. */
const WIDTH = 720;

/** Enough for a page of few colours. */
const COLOURS = 64;

/** @typedef {{ image: Buffer, delay: number }} Frame A PNG, and how long it is shown, in ms. */

/**
 * Writes frames of one size as a GIF that repeats.
 *
 * @param {readonly Frame[]} frames
 * @param {string} path
 * @returns {Promise<number>} The bytes of the file.
 */
export async function writeAnimation(frames, path) {
  const raw = await Promise.all(
    frames.map(({ image }) => sharp(image).resize({ width: WIDTH }).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  const { width, height: pageHeight, channels } = raw[0].info;
  const pixels = Buffer.concat(raw.map(({ data }) => data));
  const { size } = await sharp(pixels, { raw: { width, height: pageHeight * frames.length, channels, pageHeight } })
    .gif({ loop: 0, delay: frames.map(({ delay }) => delay), colours: COLOURS, dither: 0, effort: 10 })
    .toFile(path);
  return size;
}
