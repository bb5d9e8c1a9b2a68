/** Bytes at the beginning of the memory that the barrier works with, and failures are told in. */
export const SYNC_ADDRESS = 0;
export const SYNC_BYTES = 512;
