const FIRST_BYTES = 4096;

/** Bytes behind each other, numbers as little-endian ones unless it is said otherwise. */
export class ByteWriter {
  private room = new Uint8Array(FIRST_BYTES);
  private view = new DataView(this.room.buffer);
  length = 0;

  u8(...values: readonly number[]): this {
    for (const value of values) {
      const place = this.take(1);
      this.view.setUint8(place, value);
    }
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) {
      const place = this.take(2);
      this.view.setUint16(place, value, true);
    }
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) {
      const place = this.take(4);
      this.view.setUint32(place, value, true);
    }
    return this;
  }

  u64(...values: readonly bigint[]): this {
    for (const value of values) {
      const place = this.take(8);
      this.view.setBigUint64(place, value, true);
    }
    return this;
  }

  u16BigEndian(...values: readonly number[]): this {
    for (const value of values) {
      const place = this.take(2);
      this.view.setUint16(place, value);
    }
    return this;
  }

  u32BigEndian(...values: readonly number[]): this {
    for (const value of values) {
      const place = this.take(4);
      this.view.setUint32(place, value);
    }
    return this;
  }

  text(ascii: string): this {
    return this.bytes(Uint8Array.from(ascii, (letter) => letter.charCodeAt(0)));
  }

  bytes(bytes: Uint8Array): this {
    // Making room replaces it.
    const place = this.take(bytes.length);
    this.room.set(bytes, place);
    return this;
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.room.slice(0, this.length);
  }

  /** Gives where they are to stand. */
  private take(count: number): number {
    const place = this.length;
    this.length += count;
    if (this.length > this.room.length) {
      const room = new Uint8Array(2 * this.length);
      room.set(this.room);
      this.room = room;
      this.view = new DataView(room.buffer);
    }
    return place;
  }
}
