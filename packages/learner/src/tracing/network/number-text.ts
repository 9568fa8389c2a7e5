/** Float32 numbers as text: their bytes, least significant first, in base64 (RFC 4648, section 4). Loses no bit. */

// Arguments of one call are limited; engines take at least 65,536.
const chunk = 0x8000;

export function numbersToText(numbers: ArrayLike<number>): string {
  const bytes = new Uint8Array(4 * numbers.length);
  const view = new DataView(bytes.buffer);
  for (let k = 0; k < numbers.length; k++) view.setFloat32(4 * k, numbers[k], true);
  let binary = '';
  for (let at = 0; at < bytes.length; at += chunk) binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return btoa(binary);
}

/** null unless the text holds whole, finite numbers. */
export function numbersFromText(text: string): Float32Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (binary.length % 4 !== 0) return null;
  const view = new DataView(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
  const numbers = Float32Array.from({ length: binary.length / 4 }, (_, k) => view.getFloat32(4 * k, true));
  return numbers.every(Number.isFinite) ? numbers : null;
}
