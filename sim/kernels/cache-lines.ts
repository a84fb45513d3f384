/** Bytes that processors fetch at once. */
export const lineBytes = 64;

/**
 * Where the first row lies in a buffer of `bufferOfLines` [bytes], so that rows begin where lines do.
 *
 * Allocators lay large blocks at the start of a page, behind a header of 16 bytes (glibc's malloc, and V8's buffers
 * with it): without this every row of a line's size would lie on two. Where another allocator does otherwise, nothing
 * but time is lost.
 */
export const firstLine = lineBytes - 16;

/** Room for rows of so many bytes altogether, all zeros. */
export function bufferOfLines(bytes: number): ArrayBuffer {
  return new ArrayBuffer(firstLine + bytes);
}
