/**
 * 64 bits that tell one text from another, as 16 hexadecimal digits: two multiplicative hashes of its
 * UTF-16 units side by side, stirred at the end as MurmurHash3 does (A. Appleby 2011). For names of
 * what we made ourselves: whoever wants two texts of one fingerprint can find them.
 */
export function fingerprint(text: string): string {
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
    // A product carries upwards alone: without this the upper bits of the hash would never reach the lower.
    b ^= b >>> 15;
  }
  a ^= text.length;
  return [stirred(a ^ (b >>> 13)), stirred(b ^ (a >>> 16))]
    .map((bits) => bits.toString(16).padStart(8, '0'))
    .join('');
}

function stirred(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
