/**
 * Expected outcomes are values, surprises are exceptions.
 * `code` is a key of the `errors` locale namespace; `params` fill its placeholders; `fields` holds error keys per form field.
 */
export type Failure = {
  ok: false;
  code: string;
  params?: Record<string, string | number>;
  fields?: Record<string, string[]>;
};
export type Success<T> = { ok: true; value: T };
export type Result<T = void> = Success<T> | Failure;

export function ok(): Success<void>;
export function ok<T>(value: T): Success<T>;
export function ok<T>(value?: T): Success<T | undefined> {
  return { ok: true, value };
}

export function fail(code: string, extra: Omit<Failure, "ok" | "code"> = {}): Failure {
  return { ok: false, code, ...extra };
}

/** Thrown inside a transaction to roll it back and come out of `transact` as a Failure. */
export class Conflict extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
    this.name = "Conflict";
  }
}

/** Rolls the surrounding transaction back and makes `transact` return this failure. */
export function abort(code: string, extra: Omit<Failure, "ok" | "code"> = {}): never {
  throw new Conflict(fail(code, extra));
}
