import { type Algorithm, hash, verify } from "@node-rs/argon2";

// Algorithm is a const enum, which isolated modules cannot read: 2 is Argon2id
const OPTIONS = { algorithm: 2 as Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
let nobody: Promise<string> | undefined;

/** argon2id, 19 MiB, t = 2, p = 1 (OWASP's first choice): about 17 ms here. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFC"), OPTIONS);
}

/**
 * True when the password fits. Without a stored hash it verifies against a hash of nothing and answers false, so that an
 * unknown e-mail takes as long as a wrong password.
 */
export async function passwordFits(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hash("no one has this password", OPTIONS);
  const fits = await verify(stored ?? (await nobody), password.normalize("NFC"));
  return fits && Boolean(stored);
}
