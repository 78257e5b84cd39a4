/** Limits of uploads, shown in the forms' hints (client-safe). */
export const PICTURE_MAX_BYTES = 5 * 1024 * 1024;
export const PDF_MAX_BYTES = 10 * 1024 * 1024;
/** longest side a stored picture keeps, and its thumbnail's, in pixels */
export const PICTURE_MAX_SIDE = 2000;
export const THUMBNAIL_SIDE = 480;
export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"] as const;
