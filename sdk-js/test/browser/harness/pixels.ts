import type { Browser } from 'playwright-core';

/** Counts the pixels in which two pictures of one size differ by at least this contrast (WCAG). */
export async function changedPixels(
  browser: Browser,
  one: Buffer,
  other: Buffer,
  contrastMin: number,
): Promise<number> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async ([pictures, least]) => {
        const [before, after] = await Promise.all(
          pictures.map(async (picture) => {
            const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
            const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
            canvas.drawImage(bitmap, 0, 0);
            return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data;
          }),
        );
        const linear = (part: number) => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
        const light = (data: Uint8ClampedArray, at: number) =>
          0.2126 * linear(data[at]!) + 0.7152 * linear(data[at + 1]!) + 0.0722 * linear(data[at + 2]!) + 0.05;
        let changed = 0;
        for (let at = 0; at < before!.length; at += 4) {
          const [a, b] = [light(before!, at), light(after!, at)];
          if (Math.max(a, b) / Math.min(a, b) >= least) changed += 1;
        }
        return changed;
      },
      [[one, other].map((picture) => picture.toString('base64')), contrastMin] as const,
    );
  } finally {
    await page.close();
  }
}
