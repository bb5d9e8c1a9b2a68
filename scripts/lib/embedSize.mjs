import { embedBytes, embedFiles, MOST_EMBED_BYTES } from './embed.mjs';

/** Says how large the code is that goes into other people's pages, and fails where it is too large. */
const bytes = embedBytes(await embedFiles());
console.log(`${bytes} of ${MOST_EMBED_BYTES} bytes, gzipped, without weights`);
process.exitCode = bytes <= MOST_EMBED_BYTES ? 0 : 1;
