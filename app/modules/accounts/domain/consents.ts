/**
 * Purposes a person may agree to, one by one (Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: per purpose, provable, never
 * pre-ticked, as easy to withdraw as to give). Only "account" is needed to have an account at all.
 */
export const CONSENT_PURPOSES = ["account", "contact_sharing", "ai_matching", "newsletter"] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];
/** Version of the texts under accounts:consent.*; raise it when a text changes its meaning. */
export const CONSENT_TEXT_VERSION = "2026-11-22";
